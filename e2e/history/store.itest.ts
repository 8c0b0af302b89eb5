import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '@/e2e/world/random';
import { compareText } from '@/lib/fleet/observe-checks';
import type { RollUp, StatusTally, Tier } from '@/lib/history/roll-up';
import { countRollUp } from '@/lib/history/roll-up-counter';
import { datacenterSubject } from '@/lib/history/subjects';
import { noTally } from '@/lib/history/tally';
import type { RecordedTransition, Transition, TransitionKind } from '@/lib/history/transition';
import type { RecordPlace } from '@/server/config/history-settings';
import type { RecordError, TransitionQuery } from '@/server/history/record-store';
import { LastingReader } from '@/server/history/store/lasting-reader';
import { LastingWriter } from '@/server/history/store/lasting-writer';
import { RandomFleet } from './random-fleet';
import { StorePlaces } from './store-places';

const places = new StorePlaces();
const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
  await places.clear();
});

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 28, 12);

function writerOf(place: RecordPlace): LastingWriter {
  const writer = new LastingWriter(place, () => {});
  open.push(writer);
  return writer;
}

function readerOf(place: RecordPlace): LastingReader {
  const reader = new LastingReader(place);
  open.push(reader);
  return reader;
}

async function penOn(place: RecordPlace): Promise<LastingWriter> {
  const writer = writerOf(place);
  await writer.takePen('test');
  return writer;
}

const batch = (transitions: readonly Transition[], aliveMs = START) => ({ transitions, gaps: [], aliveMs });

const everything: TransitionQuery = {
  ...{ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, dc: null, service: null, node: null, instance: null },
  ...{ kinds: null, order: 'oldest-first', afterId: null, limit: 100_000 },
};

const codeOf = async (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'none',
    (error: RecordError) => error.code,
  );

const withoutId = ({ id: _, ...transition }: RecordedTransition): Transition => transition;

/** A fleet's story, written to a place in batches, with what it was after each step. */
async function story(place: RecordPlace, seed: number, steps: number) {
  const fleet = new RandomFleet(seededRandom(seed));
  const all: Transition[] = [];
  const ends: { atMs: number; services: Map<string, unknown>; nodes: Map<string, unknown> }[] = [];
  let writer = await penOn(place);
  let waiting: Transition[] = [];
  for (let at = 0; at < steps; at += 1) {
    // Hours pass, so that checkpoints come between.
    const atMs = START + at * HOUR;
    const transitions = fleet.step(atMs);
    all.push(...transitions);
    waiting.push(...transitions);
    ends.push({ atMs, services: new Map(fleet.services), nodes: new Map(fleet.nodes) });
    if (at % 7 > 0) continue;
    await writer.append(batch(waiting, atMs));
    waiting = [];
    if (at % 35 > 0) continue;
    await writer.close();
    writer = await penOn(place);
  }
  await writer.append(batch(waiting));
  return { fleet, all, ends, writer };
}

test('of many that take the pen of a shared record at once, one can write', async () => {
  const place = await places.empty('postgres');
  await penOn(place);
  for (let round = 0; round < 5; round += 1) {
    const writers = Array.from({ length: 6 }, () => writerOf(place));
    await Promise.all(writers.map((writer) => writer.open()));
    await Promise.all(writers.map((writer, at) => writer.takePen(`${at}`)));
    const codes = await Promise.all(writers.map((writer, at) => codeOf(writer.append(batch([], START + at)))));
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
    expect(codes.filter((code) => code === 'pen-lost')).toHaveLength(5);
    await Promise.all(writers.map((writer) => writer.close()));
  }
});

describe.each(['sqlite', 'postgres'] as const)('the record in %s', (kind) => {
  test('gives back every transition word for word and in order, whatever is in its texts', async () => {
    const place = await places.empty(kind);
    const { all } = await story(place, 1, 120);
    const read = await readerOf(place).transitions(everything);
    expect(read.map(withoutId)).toEqual(all);
    expect(read.map(({ id }) => id)).toEqual(read.map((_, at) => at + 1));
  });

  test('knows, also when it is opened anew, what is present, and what was at every past moment', async () => {
    const place = await places.empty(kind);
    const { fleet, all, ends, writer } = await story(place, 2, 150);
    for (const dc of RandomFleet.datacenters) {
      const present = RandomFleet.names.filter((name) => fleet.services.has(RandomFleet.key(dc, name)));
      const names = await writer.recordedNames(dc);
      expect([...names.services].sort(compareText)).toEqual([...present].sort(compareText));
      for (const name of RandomFleet.names) {
        const service = fleet.services.get(RandomFleet.key(dc, name));
        const lastIndex = highestIndex(all.filter(({ subject }) => subject.dc === dc && subject.service === name));
        expect(await writer.recordedService(dc, name)).toEqual(service && { name, lastIndex, ...service });
        const node = fleet.nodes.get(RandomFleet.key(dc, name));
        const ofNode = all.filter(
          ({ subject }) => subject.kind === 'node' && subject.dc === dc && subject.node === name,
        );
        expect(await writer.recordedNode(dc, name)).toEqual(node && { ...node, lastIndex: highestIndex(ofNode) });
      }
    }
    const reader = readerOf(place);
    for (const { atMs, services, nodes } of ends.filter((_, at) => at % 9 === 0)) {
      const past = await reader.past(atMs, null);
      const seen = new Map(
        past.flatMap(({ dc, services }) =>
          services.map(({ name, lastIndex, ...state }) => [RandomFleet.key(dc, name), state]),
        ),
      );
      expect(seen).toEqual(services);
      expect(
        new Map(past.flatMap(({ dc, nodes }) => nodes.map((node) => [RandomFleet.key(dc, node.name), node]))),
      ).toEqual(nodes);
    }
  });

  test('answers each question as a walk over all transitions would', async () => {
    const place = await places.empty(kind);
    const { all } = await story(place, 3, 120);
    const reader = readerOf(place);
    const random = seededRandom(33);
    const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const kinds: readonly (readonly TransitionKind[])[] = [
      ['status'],
      ['deployment', 'freshness'],
      ['registered', 'check'],
    ];
    const instances = all.filter(({ subject }) => subject.kind === 'instance').map(({ subject }) => subject.key);
    for (let round = 0; round < 60; round += 1) {
      const query: TransitionQuery = {
        fromMs: START + Math.floor(random() * 60) * HOUR,
        toMs: START + Math.floor(random() * 130) * HOUR,
        dc: one([null, ...RandomFleet.datacenters]),
        service: one([null, null, ...RandomFleet.names]),
        node: one([null, null, null, ...RandomFleet.names]),
        instance: one([null, null, one(instances)]),
        kinds: one([null, one(kinds)]),
        order: one(['newest-first', 'oldest-first']),
        afterId: one([null, Math.floor(random() * all.length)]),
        limit: one([3, 1_000]),
      };
      expect(await reader.transitions(query)).toEqual(walk(all, query));
    }
  });

  test('tells instances of a past moment by their last turn, with since when', async () => {
    const place = await places.empty(kind);
    const { all, ends } = await story(place, 4, 90);
    const reader = readerOf(place);
    for (const { atMs } of ends.filter((_, at) => at % 8 === 0)) {
      for (const service of RandomFleet.names.slice(0, 12)) {
        const of = { dc: 'dc1', service, node: null, instance: null };
        const turns = new Map<string, { status: string; sinceMs: number } | null>();
        for (const { subject, kind: turn, to, observedAtMs } of all) {
          if (observedAtMs > atMs || subject.kind !== 'instance' || subject.dc !== 'dc1' || subject.service !== service)
            continue;
          if (turn === 'deregistered') turns.delete(subject.key);
          if (turn === 'status') turns.set(subject.key, { status: to ?? '', sinceMs: observedAtMs });
          if (turn === 'registered')
            turns.set(subject.key, { status: JSON.parse(to ?? '').status, sinceMs: observedAtMs });
        }
        const past = await reader.pastInstances(atMs, of);
        expect(new Map(past.map(({ subject, status, sinceMs }) => [subject.key, { status, sinceMs }]))).toEqual(turns);
      }
    }
  });

  test('keeps the order in which things were seen where the clock is set back', async () => {
    const place = await places.empty(kind);
    const writer = await penOn(place);
    const times = [START, START + HOUR, START + 2 * HOUR, START + HOUR, START + 90 * 60_000];
    const seen = times.map((observedAtMs, at) => freshness(observedAtMs, at === 0 ? null : `${at - 1}`, `${at}`));
    await writer.append(batch(seen.slice(0, 3)));
    await writer.append(batch(seen.slice(3)));
    const reader = readerOf(place);
    expect((await reader.transitions(everything)).map(({ to }) => to)).toEqual(['0', '1', '2', '3', '4']);
    const second = await reader.transitions({ ...everything, fromMs: START + HOUR, toMs: START + 2 * HOUR });
    expect(second.map(({ to }) => to)).toEqual(['1', '3', '4']);
    // The moment came twice: it is told as of the second time.
    expect((await reader.past(START + HOUR, 'dc1'))[0]?.freshness).toBe('3');
    expect(await reader.past(START - 1, null)).toEqual([]);
  });

  test('writes nothing with a pen that another has taken since', async () => {
    const place = await places.empty(kind);
    const first = await penOn(place);
    await first.append(batch([freshness(START, null, 'live')], START + 5));
    // A second process cannot open a file that this one writes; the pen is lost all the same when it is taken anew.
    const second = kind === 'postgres' ? writerOf(place) : first;
    const left = await second.takePen('second');
    expect(left).toMatchObject({ aliveMs: START + 5, freshness: new Map([['dc1', 'live']]) });
    await second.append(batch([freshness(START + 1, 'live', 'stale')], START + 10));
    if (second !== first) {
      expect(await codeOf(first.append(batch([freshness(START + 2, 'live', 'lost')], START + 20)))).toBe('pen-lost');
    }
    expect((await second.takePen('third')).aliveMs).toBe(START + 10);
    expect((await readerOf(place).transitions(everything)).map(({ to }) => to)).toEqual(['live', 'stale']);
  });

  test('keeps gaps from when to when, one at a time for each datacenter', async () => {
    const place = await places.empty(kind);
    const writer = await penOn(place);
    const begin = (dc: string, atMs: number, reason: string) => ({ op: 'begin' as const, dc, atMs, reason });
    const end = (dc: string, atMs: number) => ({ op: 'end' as const, dc, atMs, reason: '' });
    const reason = "it's '; drop table gap; -- \0 away";
    const gaps = [
      begin('dc1', 100, reason),
      begin('dc1', 150, 'again'),
      begin('dc2', 300, 'b'),
      end('dc1', 200),
      end('dc3', 1),
    ];
    await writer.append({ transitions: [], gaps, aliveMs: START });
    const reader = readerOf(place);
    const first = { dc: 'dc1', fromMs: 100, toMs: 200, reason };
    const second = { dc: 'dc2', fromMs: 300, toMs: null, reason: 'b' };
    expect(await reader.gaps(0, 1_000, null)).toEqual([first, second]);
    expect(await reader.gaps(0, 1_000, 'dc1')).toEqual([first]);
    expect(await reader.gaps(200, 1_000, null)).toEqual([second]);
    expect(await reader.gaps(0, 100, null)).toEqual([]);
    expect((await writer.takePen('next')).openGaps).toEqual([second]);
    await writer.append({ transitions: [], gaps: [end('dc2', 250)], aliveMs: START });
    expect(await reader.gaps(0, 1_000, 'dc2')).toEqual([{ ...second, toMs: 300 }]);
  });

  test('answers made-up names and ranges with nothing', async () => {
    const place = await places.empty(kind);
    const { writer } = await story(place, 5, 20);
    const reader = readerOf(place);
    const odd = "nobody' or 1=1 -- \0";
    for (const part of ['dc', 'service', 'node', 'instance'] as const) {
      expect(await reader.transitions({ ...everything, [part]: odd })).toEqual([]);
    }
    expect(await reader.transitions({ ...everything, fromMs: START + HOUR, toMs: START })).toEqual([]);
    expect(
      await reader.rollUps({ tier: 'day', kind: 'service', dc: odd, service: odd, fromMs: 0, toMs: START * 2 }),
    ).toEqual([]);
    expect(await reader.gaps(0, START * 2, odd)).toEqual([]);
    expect(await reader.past(START * 2, odd)).toEqual([]);
    expect(await reader.pastInstances(START * 2, { dc: odd, service: odd, node: null, instance: null })).toEqual([]);
    expect(await writer.recordedNames(odd)).toEqual({ services: [], nodes: [] });
  });

  test('keeps the newest content of configuration, and the leaders of Consul', async () => {
    const place = await places.empty(kind);
    const writer = await penOn(place);
    const set = (key: string, from: string | null, to: string | null) => ({
      ...freshness(START, from, to),
      ...{ kind: 'configuration' as const, subject: { ...datacenterSubject('dc1'), kind: 'kv' as const, key } },
    });
    const large = '{"value":"'.padEnd(600_000, 'ü');
    const leader = { ...freshness(START, null, '10.0.0.1:8300'), kind: 'leader' as const };
    await writer.append(
      batch([
        set('dc1/a', null, '1'),
        set('dc1/b', null, '2'),
        leader,
        set('dc1/a', '1', large),
        set('dc1/b', '2', null),
      ]),
    );
    expect(await writer.recordedConfiguration('dc1')).toEqual([{ kind: 'kv', key: 'dc1/a', content: large }]);
    expect((await writer.takePen('next')).leaders).toEqual(new Map([['dc1', '10.0.0.1:8300']]));
  });

  test('counts with each batch what a count over all transitions gives', async () => {
    const place = await places.empty(kind);
    const { all } = await story(place, 6, 120);
    const reader = readerOf(place);
    const endMs = all.at(-1)?.observedAtMs ?? 0;
    for (const tier of ['minute', 'hour', 'day'] as const) {
      const [found] = await reader.rollUps({
        tier,
        kind: 'datacenter',
        dc: 'dc1',
        service: null,
        fromMs: 0,
        toMs: endMs + 1,
      });
      expect(found?.rows).toEqual(counted(all, tier, null));
    }
    const services = await reader.rollUps({
      tier: 'hour',
      kind: 'service',
      dc: 'dc1',
      service: null,
      fromMs: 0,
      toMs: endMs + 1,
    });
    for (const { scope, rows } of services) expect(rows).toEqual(counted(all, 'hour', scope.service));
    const middleMs = START + 50 * HOUR + 1;
    const range = { fromMs: middleMs, toMs: middleMs + 20 * HOUR };
    const rows = counted(all, 'hour', null);
    expect(await reader.rollUps({ tier: 'hour', kind: 'datacenter', dc: 'dc1', service: null, ...range })).toEqual([
      {
        scope: datacenterSubject('dc1'),
        before: rows.findLast(({ atMs }) => atMs < range.fromMs) ?? null,
        rows: rows.filter(({ atMs }) => atMs >= range.fromMs && atMs < range.toMs),
      },
    ]);
  });

  test('states what it holds', async () => {
    const place = await places.empty(kind);
    const writer = await penOn(place);
    const reader = readerOf(place);
    expect(await reader.facts()).toMatchObject({ oldestMs: null, newestMs: null, transitions: 0 });
    const some = Array.from({ length: 1_300 }, (_, at) => freshness(START + at, null, `${at}`));
    await writer.append(batch(some.slice(0, 700)));
    await writer.append(batch(some.slice(700)));
    expect(await reader.facts()).toEqual({
      oldestMs: START,
      newestMs: START + 1_299,
      transitions: 1_300,
      bytes: expect.any(Number),
    });
  });
});

function freshness(observedAtMs: number, from: string | null, to: string | null): Transition {
  const seen = { item: null, index: null, merged: false, unwatchedFromMs: null };
  return { ...seen, subject: datacenterSubject('dc1'), kind: 'freshness', from, to, observedAtMs };
}

/** Consul's highest index since a service or a node was there for the last time; null: none had one. */
function highestIndex(transitions: readonly Transition[]): number | null {
  const begun = transitions.findLastIndex(({ kind, subject }) => kind === 'registered' && subject.kind !== 'instance');
  const indexes = transitions.slice(Math.max(begun, 0)).flatMap(({ index }) => index ?? []);
  return indexes.length === 0 ? null : Math.max(...indexes);
}

/** Rows of `dc1`, or of one of its services, counted over all transitions. */
function counted(all: readonly Transition[], tier: Tier, service: string | null): RollUp[] {
  const statuses = new Map<string, keyof StatusTally>();
  const rows = new Map<number, RollUp>();
  let current: RollUp | null = null;
  let moved = false;
  const own = all.filter(
    ({ subject }) =>
      subject.kind === 'instance' && subject.dc === 'dc1' && (service === null || subject.service === service),
  );
  for (const [at, { subject, kind, to, observedAtMs }] of own.entries()) {
    const before = statuses.get(subject.key);
    if (kind === 'deregistered') statuses.delete(subject.key);
    if (kind === 'registered') statuses.set(subject.key, JSON.parse(to ?? '').status);
    if (kind === 'status') statuses.set(subject.key, to as keyof StatusTally);
    const isMoved = before !== statuses.get(subject.key);
    const isLast = own.slice(at + 1).every((later) => later.observedAtMs !== observedAtMs);
    moved = (moved && own[at - 1]?.observedAtMs === observedAtMs) || isMoved;
    if (!isLast || !moved) continue;
    const tally = { ...noTally };
    for (const status of statuses.values()) tally[status] += 1;
    current = countRollUp(current, tier, observedAtMs, tally, []);
    rows.set(current.atMs, current);
  }
  return [...rows.values()];
}

/** What a query should find, by looking at everything. */
function walk(all: readonly Transition[], query: TransitionQuery): RecordedTransition[] {
  const numbered = all.map((transition, at) => ({ ...transition, id: at + 1 }));
  const found = numbered.filter(
    ({ id, subject, kind, observedAtMs }) =>
      observedAtMs >= query.fromMs &&
      observedAtMs < query.toMs &&
      (query.dc === null || subject.dc === query.dc) &&
      (query.service === null || subject.service === query.service) &&
      (query.node === null || subject.node === query.node) &&
      (query.instance === null || (subject.kind === 'instance' && subject.key === query.instance)) &&
      (query.kinds === null || query.kinds.includes(kind)) &&
      (query.afterId === null || (query.order === 'newest-first' ? id < query.afterId : id > query.afterId)),
  );
  return (query.order === 'newest-first' ? found.reverse() : found).slice(0, query.limit);
}
