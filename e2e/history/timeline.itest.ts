import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '@/e2e/world/random';
import type { TimelineBody } from '@/lib/history/bodies';
import { exampleArrival, exampleFlip, exampleInstance } from '@/lib/history/example-transition';
import { pastFleet, pastNodes } from '@/lib/history/past-fleet';
import { tierMs } from '@/lib/history/roll-up';
import type { Gap, Transition } from '@/lib/history/transition';
import type { RecordPlace } from '@/server/config/history-settings';
import { readLanes } from '@/server/history/queries/read-lanes';
import { readPast, readPastSummary } from '@/server/history/queries/read-past';
import { readReplay } from '@/server/history/queries/read-replay';
import { readTimeline } from '@/server/history/queries/read-timeline';
import type { Scope } from '@/server/history/queries/scope';
import type { GapChange, RecordReader } from '@/server/history/record-store';
import { LastingReader } from '@/server/history/store/lasting-reader';
import { LastingWriter } from '@/server/history/store/lasting-writer';
import { MemoryRecord } from '@/server/history/testing/memory-record';
import { RandomFleet } from './random-fleet';
import { StorePlaces } from './store-places';

const places = new StorePlaces();
const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
  await places.clear();
});

const START = Date.UTC(2026, 2, 28, 12);
const ALL: Scope = { dc: null, service: null, node: null, instance: null };
const iso = (ms: number) => new Date(ms).toISOString();

/** Writes it in small batches. */
async function recordIn(
  place: RecordPlace,
  transitions: readonly Transition[],
  gaps: readonly Gap[] = [],
): Promise<RecordReader> {
  const writer = new LastingWriter(place, () => {});
  await writer.takePen('test');
  const edges = gaps.flatMap(({ dc, fromMs, toMs, reason }): GapChange[] => [
    { op: 'begin', dc, atMs: fromMs, reason },
    ...(toMs === null ? [] : [{ op: 'end' as const, dc, atMs: toMs, reason: '' }]),
  ]);
  const left = edges.sort((a, b) => a.atMs - b.atMs);
  const batch: Transition[] = [];
  const append = (atMs: number) => {
    const due = left.splice(0, left.filter((edge) => edge.atMs <= atMs).length);
    return writer.append({ transitions: batch.splice(0), gaps: due, aliveMs: atMs });
  };
  for (const transition of transitions) {
    // A gap is known before what is seen after it began.
    if (batch.length >= 25 || (left[0]?.atMs ?? Number.MAX_SAFE_INTEGER) <= transition.observedAtMs)
      await append(Math.max(batch.at(-1)?.observedAtMs ?? 0, transition.observedAtMs - 1));
    batch.push(transition);
  }
  await append(Number.MAX_SAFE_INTEGER);
  await writer.close();
  const reader = new LastingReader(place);
  open.push(reader);
  return reader;
}

describe.each(['sqlite', 'postgres'] as const)('the past in %s', (kind) => {
  test('is told as a walk over all of it tells it, whatever is asked', async () => {
    const fleet = new RandomFleet(seededRandom(7));
    // A change each 20 min of four days: roll-ups of hours and days, checkpoints and single transitions all come into it.
    const stepMs = 20 * tierMs.minute;
    const transitions = Array.from({ length: 290 }, (_, at) => fleet.step(START + at * stepMs)).flat();
    const endMs = START + 290 * stepMs;
    const gaps: Gap[] = [40, 150, 151].map((at) => {
      const fromMs = START + at * stepMs + tierMs.minute;
      return { dc: at === 150 ? 'dc-2' : 'dc1', fromMs, toMs: fromMs + 50 * tierMs.minute, reason: 'Away.' };
    });
    const stored = await recordIn(await places.empty(kind), transitions, gaps);
    const plain = new MemoryRecord(transitions, gaps);
    const both = async <T>(ask: (reader: RecordReader) => Promise<T>): Promise<T> => {
      const [told, walked] = [await ask(stored), await ask(plain)];
      expect(told).toEqual(walked);
      return told;
    };
    const instance = transitions.find(({ subject }) => subject.kind === 'instance')?.subject;
    const scopes: Partial<Scope>[] = [
      {},
      { dc: 'dc1' },
      { service: 'web' },
      { dc: 'dc-2', service: 'a/b' },
      { dc: 'dc1', node: 'api' },
      { dc: instance?.dc ?? '', instance: instance?.key ?? '' },
    ];
    const ranges = [
      { fromMs: null, toMs: null },
      { fromMs: endMs - 90 * tierMs.minute, toMs: endMs - 30 * tierMs.minute },
      { fromMs: START + 11 * tierMs.hour, toMs: START + 35 * tierMs.hour },
    ];
    for (const scope of scopes.map((one) => ({ ...ALL, ...one }))) {
      for (const range of ranges) {
        const body = await both((reader) => readTimeline(reader, scope, { ...range, stepMs: null }, endMs));
        expect(body.buckets.length).toBeGreaterThan(0);
        await both((reader) => readLanes(reader, scope, { ...range, limit: 200 }, null, endMs));
      }
    }
    for (const at of [0, 15, 47, 101, 151, 222, 289]) {
      const atMs = START + at * stepMs;
      await both(async (reader) => {
        const fleet = pastFleet(await readPastSummary(reader, atMs, 1), { address: '' });
        return [fleet, pastNodes(await readPast(reader, atMs, null, 1))];
      });
      const asked = { fromMs: atMs, toMs: atMs + tierMs.hour, dc: null };
      await both((reader) => readReplay(reader, asked, { epoch: 1, consul: { address: '' } }));
    }
  });

  test('has the sums that a hand works out, over a day as over its hours', async () => {
    // Two instances from 12:00. web-1 is critical from 13:10 for 20 min, web-2 from 13:20 for 5 min; nobody watches from 15:00 to 15:30.
    const [one, two] = [exampleInstance('n1', 'web-1'), exampleInstance('n2', 'web-2')];
    const at = (minutes: number) => START + minutes * tierMs.minute;
    const transitions = [
      exampleArrival(at(0), 'web', one),
      exampleArrival(at(0), 'web', two),
      exampleFlip(at(70), 'web', one, 'passing', 'critical'),
      exampleFlip(at(80), 'web', two, 'passing', 'critical'),
      exampleFlip(at(85), 'web', two, 'critical', 'passing'),
      exampleFlip(at(90), 'web', one, 'critical', 'passing'),
    ];
    const gaps = [{ dc: 'dc1', fromMs: at(180), toMs: at(210), reason: 'Away.' }];
    const reader = await recordIn(await places.empty(kind), transitions, gaps);
    const endMs = at(12 * 60);
    const ask = (stepMs: number, scope: Partial<Scope> = { dc: 'dc1' }): Promise<TimelineBody> =>
      readTimeline(reader, { ...ALL, ...scope }, { fromMs: null, toMs: null, stepMs }, endMs);
    for (const body of [
      ...[await ask(tierMs.minute), await ask(tierMs.hour), await ask(tierMs.day)],
      ...[await ask(tierMs.minute, { service: 'web' }), await ask(tierMs.day, { service: 'web' })],
    ]) {
      // 2 x 720 min, of which 2 x 30 were not seen, and 20 + 5 critical: 1355 passing of 1380.
      expect(body.timeInMs).toEqual({
        ...{ passing: 1_355 * tierMs.minute, critical: 25 * tierMs.minute, unknown: 60 * tierMs.minute },
        ...{ warning: 0, maintenance: 0 },
      });
      expect(body.availability).toBeCloseTo(1_355 / 1_380, 12);
      expect(body.recordedFrom).toBe(iso(START));
    }
    const hours = (await ask(tierMs.hour)).buckets;
    expect(hours.map(({ critical, unknownMs }) => [critical, unknownMs / tierMs.minute])).toEqual([
      ...[
        [0, 0],
        [2, 0],
        [0, 0],
        [0, 30],
      ],
      ...Array.from({ length: 8 }, () => [0, 0]),
    ]);
    // Twice 5 min of the two of them at once would be the worst of a bucket of half an hour as of one of an hour.
    expect((await ask(30 * tierMs.minute)).buckets[2]).toMatchObject({ at: iso(at(60)), passing: 0, critical: 2 });
  });
});
