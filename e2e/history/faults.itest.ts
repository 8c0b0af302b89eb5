import { execFileSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { until } from '@/e2e/world/until';
import { datacenterSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import type { RecordPlace } from '@/server/config/history-settings';
import type { RecordError, TransitionQuery } from '@/server/history/record-store';
import { RecordThread } from '@/server/history/threads/record-thread';
import { startRecordThreads } from '@/server/history/threads/record-threads';
import { failureOf } from './failure-of';
import { StorePlaces } from './store-places';

const places = new StorePlaces();
const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
  await places.clear();
});

const everything: TransitionQuery = {
  ...{ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, dc: null, service: null, node: null, instance: null },
  ...{ kinds: null, order: 'oldest-first', afterId: null, limit: 100_000 },
};

function recordIn(place: RecordPlace) {
  const notices: string[] = [];
  const threads = startRecordThreads(place, (notice) => notices.push(notice));
  endings.push(() => threads.close());
  return { ...threads, notices };
}

const note = (to: string, observedAtMs = 1_000): Transition => ({
  ...{ subject: datacenterSubject('dc1'), kind: 'alert', item: null, from: null, to },
  ...{ observedAtMs, index: null, merged: false, unwatchedFromMs: null },
});
const batchOf = (...transitions: Transition[]) => ({
  transitions,
  gaps: [],
  aliveMs: transitions[0]?.observedAtMs ?? 0,
});

test('a second Lictor on the same folder writes nothing, says why, reads what there is, and goes on when the first has ended', async () => {
  const place = await places.empty('sqlite');
  const first = recordIn(place);
  await first.writer.takePen('first');
  await first.writer.append(batchOf(note('a')));
  const second = recordIn(place);
  const refused = await failureOf(second.writer.takePen('second'));
  expect(refused.code).toBe('locked');
  expect(refused.message).toContain('LICTOR_DATA_DIR');
  expect(await second.reader.transitions(everything)).toHaveLength(1);
  await first.close();
  expect((await second.writer.takePen('second')).aliveMs).toBe(1_000);
});

test('a file that is no database is moved aside with a time in its name, and a new record begins', async () => {
  const folder = places.folder();
  writeFileSync(join(folder, 'history.sqlite'), 'no database at all '.repeat(900));
  const { opened, writer, reader, notices } = recordIn({ kind: 'sqlite', folder });
  expect(await opened).toBeNull();
  expect(notices).toEqual([expect.stringMatching(/damaged.*history\.sqlite\.damaged-20\d\d-.*a new history begins/)]);
  const aside = readdirSync(folder).find((name) => name.includes('damaged')) ?? '';
  expect(readFileSync(join(folder, aside), 'utf8')).toMatch(/^no database/);
  await writer.takePen('me');
  await writer.append(batchOf(note('a')));
  expect(await reader.transitions(everything)).toHaveLength(1);
});

test('a file that turns out to be damaged when it is read is moved aside too, and both go on with a new one', async () => {
  const place = { kind: 'sqlite' as const, folder: places.folder() };
  const before = recordIn(place);
  await before.writer.takePen('me');
  await before.writer.append(batchOf(...Array.from({ length: 3_000 }, (_, at) => note(`text ${at}`, at))));
  await before.close();
  overwritePages(join(place.folder, 'history.sqlite'));
  const { writer, reader, notices } = recordIn(place);
  await reader.transitions(everything).catch(() => {});
  await writer.takePen('me').catch(() => {});
  await until('it to be moved aside', () => notices.some((notice) => notice.includes('damaged')));
  expect((await writer.takePen('me')).aliveMs).toBeNull();
  await writer.append(batchOf(note('after')));
  expect((await reader.transitions(everything)).map(({ to }) => to)).toEqual(['after']);
});

test.each(['sqlite', 'postgres'] as const)(
  'a record in %s from a newer version is refused in one line and left as it is',
  async (kind) => {
    const place = await places.empty(kind);
    const old = recordIn(place);
    await old.writer.takePen('me');
    await old.writer.append(batchOf(note('a')));
    await old.close();
    const insert = "insert into kysely_migration (name, timestamp) values ('999-from-tomorrow', '2030-01-01')";
    if (place.kind === 'sqlite') new Sqlite(join(place.folder, 'history.sqlite')).exec(insert).close();
    else await (await places.postgres()).query(new URL(place.url).pathname.slice(1), insert);
    const { opened, writer, reader } = recordIn(place);
    const refusal = await opened;
    expect(refusal?.code).toBe('newer-version');
    expect(refusal?.message).toMatch(/^.*newer version of Lictor.*999-from-tomorrow.*$/);
    expect((await failureOf(writer.takePen('me'))).code).toBe('newer-version');
    if (kind === 'sqlite') expect((await failureOf(reader.facts())).code).toBe('newer-version');
  },
);

test('a database server that is away is said to be, without its password, and what was acknowledged is there when it is back', async () => {
  const postgres = await places.postgres();
  const place = await places.empty('postgres');
  const { writer, reader } = recordIn(place);
  await writer.takePen('me');
  await writer.append(batchOf(note('before')));
  await postgres.stop();
  const acts = [() => writer.append(batchOf(note('lost', 2_000))), () => reader.facts(), () => writer.takePen('me')];
  for (const act of acts) {
    const failure = await failureOf(act());
    expect(failure.code).toBe('unreachable');
    expect(failure.message).not.toContain('secret');
  }
  await postgres.start();
  const left = await until('it to be reached again', () => writer.takePen('me'));
  expect(left.aliveMs).toBe(1_000);
  await writer.append(batchOf(note('after', 3_000)));
  expect((await until('it to be read', () => reader.transitions(everything))).map(({ to }) => to)).toEqual([
    'before',
    'after',
  ]);
});

test('a thread that ends by itself fails its calls in a sentence; another one takes up where it was', async () => {
  const place = await places.empty('sqlite');
  const memory = { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 2 };
  const thread = new RecordThread({ role: 'writer', place, limits: null }, () => {}, { memory });
  endings.push(() => thread.close());
  await thread.call('takePen', ['me']);
  await thread.call('append', [batchOf(note('kept'))]);
  const tooMuch = Array.from({ length: 300_000 }, (_, at) => note(`text ${at}`, 2_000));
  const failures = await Promise.all([
    failureOf(thread.call('append', [{ ...batchOf(), transitions: tooMuch }])),
    failureOf(thread.call('append', [batchOf(note('waits', 3_000))])),
  ]);
  for (const { code, message } of failures) {
    expect(code).toBe('failed');
    expect(message).toContain('started anew');
  }
  expect(await until('another thread', () => thread.call('takePen', ['me']))).toMatchObject({ aliveMs: 1_000 });
});

test('a thread that nobody asks anything ends, the next question starts another, and after its close none is answered', async () => {
  const place = await places.empty('sqlite');
  await recordIn(place).writer.takePen('me');
  const thread = new RecordThread({ role: 'reader', place, limits: null }, () => {}, { restAfterMs: 10 });
  for (let turn = 0; turn < 3; turn += 1) {
    expect(await Promise.all([thread.call('facts', []), thread.call('facts', [])])).toHaveLength(2);
    await until('it to rest', () => !thread.runs);
  }
  await thread.close();
  expect((await failureOf(thread.call('facts', []))).message).toContain('closed');
  expect(thread.runs).toBe(false);
});

/** A disk of its own, which only root can make. */
const isRoot = process.getuid?.() === 0;

function smallDisk(): { folder: string; mount(options: string): void } {
  const folder = places.folder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
  endings.push(() => execFileSync('umount', [folder]));
  return { folder, mount: (options) => void execFileSync('mount', ['-o', `remount,${options}`, folder]) };
}

test.skipIf(!isRoot)(
  'a full disk is said to be full, and everything that was acknowledged is there when there is room',
  async () => {
    const { folder } = smallDisk();
    const { writer, reader } = recordIn({ kind: 'sqlite', folder });
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(600_000));
    await writer.takePen('me');
    const acknowledged: string[] = [];
    let failure: RecordError | null = null;
    for (let at = 0; failure === null; at += 1) {
      const text = `${at} `.padEnd(20_000, 'x');
      failure = await writer.append(batchOf(note(text, at))).then(
        () => null,
        (error: RecordError) => error,
      );
      if (failure === null) acknowledged.push(text);
    }
    expect(failure.code).toBe('disk-full');
    expect(failure.message).toContain('Make room');
    expect(acknowledged.length).toBeGreaterThan(3);
    rmSync(join(folder, 'ballast'));
    const left = await until('it to be written again', () => writer.takePen('me'));
    expect(left.aliveMs).toBe(acknowledged.length - 1);
    await writer.append(batchOf(note('after', 1_000)));
    expect((await reader.transitions(everything)).map(({ to }) => to)).toEqual([...acknowledged, 'after']);
  },
);

test.skipIf(!isRoot)('a disk that may only be read is said to be, and is written as soon as it may', async () => {
  const { folder, mount } = smallDisk();
  const before = recordIn({ kind: 'sqlite', folder });
  await before.writer.takePen('me');
  await before.close();
  mount('ro');
  const { opened, writer } = recordIn({ kind: 'sqlite', folder });
  expect((await opened)?.code).toBe('read-only');
  expect((await failureOf(writer.takePen('me'))).message).toContain('Give Lictor the right to write there');
  mount('rw');
  await writer.takePen('me');
  await writer.append(batchOf(note('after')));
});

/** All pages but the first few, which say what there is. */
function overwritePages(file: string): void {
  const handle = openSync(file, 'r+');
  const { size } = fstatSync(handle);
  for (let at = 24 * 4_096; at < size; at += 4_096) writeSync(handle, Buffer.alloc(4_096, 0xa5), 0, 4_096, at);
  closeSync(handle);
}
