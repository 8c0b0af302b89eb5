import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '@/e2e/world/random';
import { datacenterSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import type { RecordPlace } from '@/server/config/history-settings';
import type { TransitionQuery } from '@/server/history/record-store';
import { LastingReader } from '@/server/history/store/lasting-reader';
import { LastingWriter } from '@/server/history/store/lasting-writer';
import { openPostgres } from '@/server/history/store/postgres-database';
import { openSqliteForReading } from '@/server/history/store/sqlite-database';
import type { RecordLimits } from '@/server/history/store/trim';
import { RandomFleet } from './random-fleet';
import { StorePlaces } from './store-places';

const places = new StorePlaces();
const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
  await places.clear();
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KEPT_DAYS = 2;
const limits: RecordLimits = {
  retentionDays: { transitions: KEPT_DAYS, minutes: KEPT_DAYS, hours: 4, days: 8 },
  maxBytes: 1_000_000_000,
};
const everything: TransitionQuery = {
  ...{ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, dc: null, service: null, node: null, instance: null },
  ...{ kinds: null, order: 'oldest-first', afterId: null, limit: 100_000 },
};

function on(place: RecordPlace, limits: RecordLimits, notices: string[] = []) {
  const writer = new LastingWriter(place, (notice) => notices.push(notice), limits);
  const reader = new LastingReader(place);
  open.push(writer, reader);
  return { writer, reader };
}

/** All texts and keys of subjects that the database holds. */
async function namesIn(place: RecordPlace): Promise<Set<string>> {
  const database =
    place.kind === 'sqlite' ? await openSqliteForReading(place.folder) : await openPostgres(place.url, 1);
  const texts = await database.db.selectFrom('text').select('value as name').execute();
  const subjects = await database.db.selectFrom('subject').select('key as name').execute();
  await database.close();
  return new Set([...texts, ...subjects].map(({ name }) => name));
}

/** Twelve days of a fleet, the last of them today; each hour a batch. */
async function twelveDays(writer: LastingWriter, onHour: (atMs: number) => readonly Transition[] = () => []) {
  const fleet = new RandomFleet(seededRandom(9));
  const all: Transition[] = [];
  const ends = new Map<number, Map<string, unknown>>();
  const endMs = Date.now() - HOUR;
  await writer.takePen('test');
  for (let atMs = endMs - 12 * DAY; atMs <= endMs; atMs += HOUR) {
    const transitions = [...fleet.step(atMs), ...onHour(atMs)];
    all.push(...transitions);
    ends.set(atMs, new Map(fleet.services));
    await writer.append({ transitions, gaps: [], aliveMs: atMs });
  }
  return { all, ends, endMs };
}

const note = (key: string, to: string, observedAtMs: number): Transition => ({
  ...{
    subject: { ...datacenterSubject('dc1'), kind: 'kv', key, service: key },
    kind: 'alert',
    item: null,
    from: null,
    to,
  },
  ...{ observedAtMs, index: null, merged: false, unwatchedFromMs: null },
});

describe.each(['sqlite', 'postgres'] as const)('the record in %s', (kind) => {
  test('forgets what is older than its time, and still knows every moment after it', async () => {
    const place = await places.empty(kind);
    const { writer, reader } = on(place, limits);
    const { all, ends, endMs } = await twelveDays(writer, (atMs) => [note(`key-${atMs}`, `text-${atMs}`, atMs)]);
    const ofFirst: TransitionQuery = { ...everything, service: `key-${endMs - 12 * DAY}` };
    expect(await reader.transitions(ofFirst)).toHaveLength(1);
    const order: string[] = [];
    const keeping = writer.keepHouse(true).then(() => order.push('house kept'));
    await new Promise(setImmediate);
    await writer.append({ transitions: [], gaps: [], aliveMs: endMs }).then(() => order.push('batch written'));
    await keeping;
    expect(order).toEqual(['batch written', 'house kept']);

    const kept = await reader.transitions(everything);
    const oldestMs = kept[0]?.observedAtMs ?? 0;
    // A whole run of transitions goes, up to a checkpoint (each six hours): a little more than is asked for stays, never less.
    expect(oldestMs).toBeGreaterThan(all[0]?.observedAtMs ?? 0);
    expect(kept.length).toBeGreaterThanOrEqual(
      all.filter((one) => one.observedAtMs > Date.now() - KEPT_DAYS * DAY).length,
    );
    expect(kept.map(({ id: _, ...one }) => one)).toEqual(all.slice(-kept.length));
    for (const [atMs, services] of ends) {
      if (atMs < Math.max(oldestMs, Date.now() - KEPT_DAYS * DAY + 6 * HOUR) || atMs % (5 * HOUR) > HOUR) continue;
      const past = await reader.past(atMs, null);
      const seen = past.flatMap(({ dc, services }) =>
        services.map(({ name, lastIndex: _, ...state }) => [RandomFleet.key(dc, name), state] as const),
      );
      expect(new Map(seen)).toEqual(services);
      const instances = await reader.pastInstances(atMs, { dc: 'dc1', service: 'web', node: null, instance: null });
      const wanted = services.get(RandomFleet.key('dc1', 'web')) as { instances: { key: string }[] } | undefined;
      expect(instances.map(({ subject }) => subject.key).sort()).toEqual(
        (wanted?.instances ?? []).map(({ key }) => key).sort(),
      );
    }

    const names = await namesIn(place);
    expect(names).not.toContain(`text-${endMs - 12 * DAY}`);
    expect(names).not.toContain(`key-${endMs - 12 * DAY}`);
    for (const name of [`text-${endMs}`, `key-${endMs}`, 'web', 'passing']) expect(names).toContain(name);

    const rollUpsOf = (tier: 'minute' | 'hour' | 'day') =>
      reader.rollUps({ tier, kind: 'datacenter', dc: 'dc1', service: null, fromMs: 0, toMs: endMs + DAY });
    for (const [tier, days] of [
      ['minute', KEPT_DAYS],
      ['hour', 4],
      ['day', 8],
    ] as const) {
      const rows = (await rollUpsOf(tier))[0]?.rows ?? [];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows[0]?.atMs).toBeGreaterThanOrEqual(endMs - days * DAY);
      expect(rows[0]?.atMs).toBeLessThan(endMs - (days - 2) * DAY);
    }

    // It goes on: what was forgotten may come again.
    const again = [note(`key-${endMs - 12 * DAY}`, `text-${endMs - 12 * DAY}`, endMs + 1)];
    await writer.append({ transitions: again, gaps: [], aliveMs: endMs + 1 });
    expect(await reader.transitions(ofFirst)).toHaveLength(1);
    expect((await reader.transitions({ ...everything, order: 'newest-first', limit: 1 }))[0]).toMatchObject(
      again[0] as object,
    );
  });

  test('loses no text that comes again while it is being forgotten', async () => {
    const place = await places.empty(kind);
    const { writer, reader } = on(place, limits);
    const { all, endMs } = await twelveDays(writer, (atMs) => [note(`key-${atMs}`, `text-${atMs}`, atMs)]);
    const old = all.filter(({ kind, observedAtMs }) => kind === 'alert' && observedAtMs < endMs - 4 * DAY);
    let isKept = false;
    const keeping = writer.keepHouse(true).then(() => {
      isKept = true;
    });
    const again: Transition[] = [];
    for (let at = 0; !isKept && at < old.length; at += 1) {
      const transition = { ...(old[at] as Transition), observedAtMs: endMs + at };
      again.push(transition);
      await writer.append({ transitions: [transition], gaps: [], aliveMs: endMs + at });
    }
    await keeping;
    expect(again.length).toBeGreaterThan(5);
    const written = await reader.transitions({ ...everything, fromMs: endMs, kinds: ['alert'] });
    expect(written.map(({ id: _, ...one }) => one).slice(-again.length)).toEqual(again);
  });

  test('drops the oldest where it has grown too large, says so, and keeps the rest', async () => {
    const place = await places.empty(kind);
    const notices: string[] = [];
    const { writer, reader } = on(
      place,
      { ...limits, retentionDays: { transitions: 30, minutes: 30, hours: 30, days: 30 }, maxBytes: 1_500_000 },
      notices,
    );
    const filler = (atMs: number) =>
      Array.from({ length: 20 }, (_, at) => note(`k${at}`, `${atMs}-${at}`.repeat(40), atMs));
    const { all } = await twelveDays(writer, filler);
    await writer.keepHouse(true);
    const kept = await reader.transitions(everything);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(all.length);
    expect(kept.map(({ id: _, ...one }) => one)).toEqual(all.slice(-kept.length));
    expect(notices).toEqual([expect.stringMatching(/1500000 bytes.*up to 20.*was dropped, the oldest first/)]);
  });
});
