import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { until } from '@/e2e/world/until';
import { datacenterSubject } from '@/lib/history/subjects';
import type { AlertDocuments, DocumentKind } from '@/server/alerts/alert-documents';
import { MemoryDocuments } from '@/server/alerts/testing/memory-documents';
import type { RecordPlace } from '@/server/config/history-settings';
import { runCommand } from '@/server/history/command/run-command';
import type { RecordBatch } from '@/server/history/record-store';
import { StoreDocuments } from '@/server/history/store/documents';
import { openPostgres } from '@/server/history/store/postgres-database';
import { openForWriting } from '@/server/history/store/writable-record';
import { type RecordThreads, startRecordThreads } from '@/server/history/threads/record-threads';
import { failureOf } from './failure-of';
import { StorePlaces } from './store-places';

const places = new StorePlaces();
const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
  await places.clear();
});

function recordIn(place: RecordPlace): RecordThreads {
  const threads = startRecordThreads(place, () => {});
  endings.push(() => threads.close());
  return threads;
}

const batchAt = (aliveMs: number): RecordBatch => ({
  transitions: [
    {
      ...{ subject: datacenterSubject('dc1'), kind: 'alert', item: null, from: null, to: `at ${aliveMs}` },
      ...{ observedAtMs: aliveMs, index: null, merged: false, unwatchedFromMs: null },
    },
  ],
  ...{ gaps: [], aliveMs },
});

async function statements(place: RecordPlace, ...sql: string[]): Promise<void> {
  if (place.kind === 'sqlite') {
    new Sqlite(join(place.folder, 'history.sqlite')).exec(sql.join(';')).close();
    return;
  }
  for (const one of sql) await (await places.postgres()).query(new URL(place.url).pathname.slice(1), one);
}

/** Makes a record what an earlier Lictor left, which knew no documents. */
const makeOld = (place: RecordPlace): Promise<void> =>
  statements(
    place,
    'drop table document',
    'drop table document_revision',
    "delete from kysely_migration where name = '002-documents'",
  );

async function history(place: RecordPlace, ...args: string[]): Promise<{ status: number; said: string }> {
  const spoken = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const where: Record<string, string> =
      place.kind === 'sqlite' ? { LICTOR_DATA_DIR: place.folder } : { LICTOR_DATABASE_URL: place.url };
    const status = await runCommand(args, where);
    return { status, said: spoken.mock.calls.flat().join('\n') };
  } finally {
    spoken.mockRestore();
  }
}

const HOSTILE = ['', '\0', '\ud800', '\ufffe0000', "'; drop table document; --", 'x:dc1/<b>&amp;', '💥'.repeat(300)];

const kinds: readonly DocumentKind[] = ['alert-silence', 'alert-rules'];
const kindArb = fc.constantFrom(...kinds);
const idArb = fc.constantFrom('a', 'b', ...HOSTILE);
/** By how much the version that is expected differs from the one that stands; null: any will do. */
const offArb = fc.constantFrom(null, 0, 0, 0, 1, -1);
const actArb = fc.record({ kind: kindArb, id: idArb, off: offArb, remove: fc.boolean(), body: fc.string() });

describe.each(['sqlite', 'postgres'] as const)('documents in %s', (kind) => {
  test('are what the same calls make in memory, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(actArb, { minLength: 1, maxLength: 25 }), async (acts) => {
        const place = await places.empty(kind);
        const record = await openForWriting(place);
        try {
          const [memory, store] = [new MemoryDocuments(() => 7), new StoreDocuments(record.database, () => 7)];
          for (const { kind: of, id, off, remove, body } of acts) {
            const present = (await memory.all(of)).find((document) => document.id === id)?.version ?? 0;
            const expected = off === null ? null : Math.max(0, present + off);
            const act = (documents: AlertDocuments) =>
              remove ? documents.remove(of, id, expected) : documents.put(of, id, body, expected);
            expect(await act(store)).toEqual(await act(memory));
          }
          for (const of of kinds) expect(await store.all(of)).toEqual(await memory.all(of));
          expect(await store.revision()).toBe(await memory.revision());
        } finally {
          await record.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  test('outlive the process, and hostile ids and bodies stay what they are', async () => {
    const place = await places.empty(kind);
    const before = recordIn(place);
    for (const text of HOSTILE) await before.documents.put('alert-silence', text, JSON.stringify(text), 0);
    const written = await before.documents.all('alert-silence');
    await before.close();
    const after = recordIn(place).documents;
    expect(await after.all('alert-silence')).toEqual(written);
    expect(written.map(({ id }) => id)).toEqual([...HOSTILE].sort());
    expect(written.map(({ body }) => JSON.parse(body))).toEqual([...HOSTILE].sort());
    expect(await after.revision()).toBe(HOSTILE.length);
  });

  test('change by whoever saw them last: of many at once one does, and a version never comes again', async () => {
    const place = await places.empty(kind);
    const first = recordIn(place).documents;
    // A file has one process that writes it; PostgreSQL has as many as there are replicas.
    const second = kind === 'sqlite' ? first : recordIn(place).documents;
    let version = 0;
    for (let round = 0; round < 10; round += 1) {
      const seen = version;
      const answers = await Promise.all(
        [first, second, first, second].map((one, at) => one.put('alert-rules', 'rules', `"${round} ${at}"`, seen)),
      );
      const winners = answers.filter((answer) => answer !== null);
      expect(winners).toHaveLength(1);
      version = winners[0] ?? 0;
    }
    expect(await second.remove('alert-rules', 'rules', version)).toBe(true);
    expect(await first.all('alert-rules')).toEqual([]);
    expect(await first.put('alert-rules', 'rules', '"new"', 0)).toBeGreaterThan(version);
    expect(await second.put('alert-rules', 'rules', '"late"', version)).toBeNull();
  });

  test('are written beside the batches of the one that has the pen, by those that do not have it too', async () => {
    const place = await places.empty(kind);
    const leader = recordIn(place);
    const follower = kind === 'sqlite' ? leader : recordIn(place);
    await leader.writer.takePen('leader');
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        await leader.writer.append(batchAt(at + 1));
        await follower.documents.put('alert-silence', `${at}`, '{}', 0);
      }),
    );
    expect(await leader.documents.revision()).toBe(20);
    expect(await leader.documents.all('alert-silence')).toHaveLength(20);
    expect((await leader.reader.facts()).transitions).toBe(20);
  });

  test('of a creation are dropped after a day, and of no other kind', async () => {
    const record = await openForWriting(await places.empty(kind));
    let nowMs = 1_000;
    const documents = new StoreDocuments(record.database, () => nowMs);
    await documents.put('idempotency', 'old', '{}', 0);
    await documents.put('alert-silence', 'old', '{}', 0);
    nowMs += 86_400_001;
    await documents.put('idempotency', 'new', '{}', 0);
    expect((await documents.all('idempotency')).map(({ id }) => id)).toEqual(['new']);
    expect(await documents.all('alert-silence')).toHaveLength(1);
    await record.close();
  });

  test('find their place in a record that an earlier Lictor wrote, which keeps what it holds', async () => {
    const place = await places.empty(kind);
    const before = recordIn(place);
    await before.writer.takePen('old');
    await before.writer.append(batchAt(5_000));
    await before.close();
    await makeOld(place);
    const old = join(places.folder(), 'old.jsonl');
    expect((await history(place, 'export', '--output', old)).status).toBe(0);
    const after = recordIn(place);
    expect(await after.opened).toBeNull();
    expect(await after.documents.revision()).toBe(0);
    expect(await after.documents.put('alert-rules', 'rules', '"a"', 0)).toBe(1);
    expect((await after.writer.takePen('new')).aliveMs).toBe(5_000);
    expect((await after.reader.facts()).transitions).toBe(1);
  });

  test('go with an export, and an export from before there were any leaves them alone', async () => {
    const place = await places.empty(kind);
    const before = recordIn(place);
    await before.writer.takePen('me');
    await before.writer.append(batchAt(5_000));
    for (const text of HOSTILE) await before.documents.put('alert-silence', text, JSON.stringify(text), 0);
    const written = await before.documents.all('alert-silence');
    await before.close();
    const [out, old] = [join(places.folder(), 'out.jsonl'), join(places.folder(), 'old.jsonl')];
    expect((await history(place, 'export', '--output', out)).status).toBe(0);

    const moved = await places.empty(kind === 'sqlite' ? 'postgres' : 'sqlite');
    expect(await history(moved, 'import', out)).toMatchObject({ status: 0 });
    const verified = await history(moved, 'verify');
    expect([verified.status, verified.said]).toEqual([0, expect.stringContaining('documents: sound')]);
    const there = recordIn(moved);
    expect(await there.documents.all('alert-silence')).toEqual(written);
    // Greater than any that was there, so that who knew them reads again.
    expect(await there.documents.revision()).toBeGreaterThan(HOSTILE.length);
    await there.close();

    const lines = readFileSync(out, 'utf8').split('\n');
    const head = JSON.parse(lines[0] ?? '') as { columns: Record<string, unknown> };
    delete head.columns.document;
    const rows = lines.slice(1, -2).filter((line) => !line.startsWith('["document"'));
    writeFileSync(old, [JSON.stringify(head), ...rows, JSON.stringify(['end', rows.length]), ''].join('\n'));
    expect((await history(moved, 'import', old)).status).toBe(2);
    expect(await history(moved, 'import', old, '--replace')).toMatchObject({ status: 0 });
    expect(await recordIn(moved).documents.all('alert-silence')).toEqual(written);
  });

  test('that are none are found by verify', async () => {
    const place = await places.empty(kind);
    const { documents, close } = recordIn(place);
    await documents.put('alert-rules', 'rules', '{}', 0);
    await close();
    await statements(place, "update document set body = '{'");
    const { status, said } = await history(place, 'verify');
    expect([status, said]).toEqual([
      1,
      expect.stringContaining('documents: The document "alert-rules rules" is no JSON'),
    ]);
  });
});

test('a folder that another Lictor writes has no documents for this one, until the other has ended', async () => {
  const place = await places.empty('sqlite');
  const first = recordIn(place);
  await first.documents.put('alert-rules', 'rules', '{}', 0);
  const second = recordIn(place);
  for (const act of [second.documents.all('alert-rules'), second.documents.put('alert-rules', 'rules', '[]', null)])
    expect((await failureOf(act)).code).toBe('locked');
  await first.close();
  expect(await second.documents.all('alert-rules')).toMatchObject([{ body: '{}' }]);
});

test('a connection that breaks between two statements of a transaction ends that transaction alone', async () => {
  const postgres = await places.postgres();
  const place = await places.empty('postgres');
  if (place.kind !== 'postgres') throw new Error('It is no PostgreSQL.');
  const { db, close } = await openPostgres(place.url, 1);
  endings.push(close);
  const cut = db.transaction().execute(async (transaction) => {
    await sql`select 1`.execute(transaction);
    await postgres.stop();
    // The break is noticed before anything is asked again: the pool does not listen to what somebody uses.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sql`select 1`.execute(transaction);
  });
  await expect(cut).rejects.toThrow();
  await postgres.start();
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
});

test('a database server that is away keeps no documents, says so without its password, and has them when it is back', async () => {
  const postgres = await places.postgres();
  const { documents } = recordIn(await places.empty('postgres'));
  await documents.put('alert-silence', 'a', '{}', 0);
  await postgres.stop();
  const acts = [
    () => documents.put('alert-silence', 'b', '{}', 0),
    () => documents.remove('alert-silence', 'a', null),
    () => documents.all('alert-silence'),
    () => documents.revision(),
  ];
  for (const act of acts) {
    const failure = await failureOf(act());
    expect(failure.code, failure.message).toBe('unreachable');
    expect(failure.message).not.toContain('secret');
  }
  await postgres.start();
  expect((await until('them to be read', () => documents.all('alert-silence'))).map(({ id }) => id)).toEqual(['a']);
});
