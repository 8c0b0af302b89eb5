import fc from 'fast-check';
import { expect, test } from 'vitest';
import { availabilityOf, timeIn } from './availability';
import { bucketItem, bucketsOf, sumBuckets } from './buckets';
import { cellsOfRows, cellsOfSteps, sumCells, type TallyStep } from './cells';
import { joinSpans } from './gap-time';
import { type RollUp, type StatusTally, tierMs } from './roll-up';
import { countRollUp } from './roll-up-counter';
import { noTally } from './tally';

const MINUTE = tierMs.minute;
const tally = (passing: number, critical = 0, rest: Partial<StatusTally> = {}): StatusTally => ({
  ...noTally,
  passing,
  critical,
  ...rest,
});

test('availability is what passed of what was known and not in maintenance', () => {
  // 4 instances over 10 min. From 2 min to 3 min one is critical; from 5 min to 10 min one is in maintenance; from 8 min nobody watches.
  const steps: TallyStep[] = [
    { atMs: 0, tally: tally(4) },
    { atMs: 2 * MINUTE, tally: tally(3, 1) },
    { atMs: 3 * MINUTE, tally: tally(4) },
    { atMs: 5 * MINUTE, tally: tally(3, 0, { maintenance: 1 }) },
  ];
  const cells = cellsOfSteps(steps, [{ fromMs: 8 * MINUTE, toMs: null }], 10 * MINUTE, MINUTE);
  const { instanceMs, unseenInstanceMs } = sumCells(cells);
  // Passing: 4 x 2 + 3 x 1 + 4 x 2 + 3 x 3 = 28 instance-minutes; critical 1; maintenance 3; unseen 4 x 2 = 8.
  expect(timeIn(instanceMs, unseenInstanceMs)).toEqual({
    ...{ passing: 28 * MINUTE, warning: 0, critical: MINUTE, maintenance: 3 * MINUTE, unknown: 8 * MINUTE },
  });
  // 28 of 28 + 1.
  expect(availabilityOf(instanceMs)).toBeCloseTo(28 / 29, 12);
});

test('a warning serves less than a passing instance, and one of unknown status says nothing', () => {
  // One minute of 2 passing, 1 warning, 1 unknown: 2 of 3 known.
  const { instanceMs } = sumCells(
    cellsOfSteps([{ atMs: 0, tally: tally(2, 0, { warning: 1, unknown: 1 }) }], [], MINUTE, MINUTE),
  );
  expect(availabilityOf(instanceMs)).toBeCloseTo(2 / 3, 12);
});

test('of nothing known there is no availability, and a bucket that nobody saw counts nothing', () => {
  const cells = cellsOfSteps([{ atMs: 0, tally: tally(3, 2) }], [{ fromMs: 0, toMs: MINUTE }], MINUTE, MINUTE);
  expect(availabilityOf(sumCells(cells).instanceMs)).toBeNull();
  expect(bucketsOf(cells, MINUTE).map(bucketItem)).toEqual([
    { at: '1970-01-01T00:00:00.000Z', ...noTally, unknownMs: MINUTE },
  ]);
});

test('a bucket is its worst moment, one picture and not the worst of each', () => {
  const steps: TallyStep[] = [
    { atMs: 0, tally: tally(10) },
    { atMs: 10_000, tally: tally(7, 1, { warning: 2 }) },
    { atMs: 11_000, tally: tally(2, 0, { warning: 8 }) },
    { atMs: 12_000, tally: tally(10) },
  ];
  const [bucket] = bucketsOf(cellsOfSteps(steps, [], MINUTE, MINUTE), MINUTE);
  expect(bucket?.worst).toEqual(tally(7, 1, { warning: 2 }));
});

test('several datacenters are added up, and were seen as long as the one that was seen least', () => {
  const bucket = (worst: StatusTally, unseenMs: number) => ({ atMs: 0, worst, unseenMs });
  expect(sumBuckets([[bucket(tally(5, 1), 0)], [bucket(tally(3), 20)]])).toEqual([bucket(tally(8, 1), 20)]);
});

test('roll-ups and single changes tell the same', () => {
  const SECOND = 1_000;
  const END = 12 * MINUTE;
  const step = fc.record({ at: fc.nat(END / SECOND - 1), passing: fc.nat(4), critical: fc.nat(2), warning: fc.nat(2) });
  const hole = fc.record({ from: fc.nat(END / SECOND), length: fc.nat(200) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.array(hole, { maxLength: 3 }), (made, holes) => {
      const gaps = joinSpans(
        holes.map(({ from, length }) => ({ fromMs: from * SECOND, toMs: (from + length) * SECOND })),
      );
      const first: TallyStep = { atMs: 0, tally: tally(1) };
      const later = made.map(({ at, passing, critical, warning }) => ({
        ...{ atMs: (at + 1) * SECOND, tally: tally(passing, critical, { warning }) },
      }));
      const changes = [first, ...later].sort((a, b) => a.atMs - b.atMs);
      // Of one moment the last change counts.
      const steps = changes.filter(({ atMs }, at) => changes[at + 1]?.atMs !== atMs);
      const rows = new Map<number, RollUp>();
      let row: RollUp | null = null;
      for (const { atMs, tally: after } of changes) {
        row = countRollUp(row, 'minute', atMs, after, gaps);
        rows.set(row.atMs, row);
      }
      const byRows = cellsOfRows({ before: null, rows: [...rows.values()] }, 'minute', gaps, 0, END);
      const bySteps = cellsOfSteps(steps, gaps, END, 5 * MINUTE);
      expect(sumCells(byRows).instanceMs).toEqual(sumCells(bySteps).instanceMs);
      expect(bucketsOf(byRows, 5 * MINUTE)).toEqual(bucketsOf(bySteps, 5 * MINUTE));
    }),
  );
});
