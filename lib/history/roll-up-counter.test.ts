import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinSpans, type Span, unseenMs } from './gap-time';
import { type RollUp, type StatusTally, type Tier, tierMs } from './roll-up';
import { countOn, countRollUp, emptyRow, isSeen } from './roll-up-counter';
import { addTallies, noTally, scaleTally, worseTally } from './tally';

const MINUTE = tierMs.minute;
const tally = (passing: number, critical = 0): StatusTally => ({ ...noTally, passing, critical });

interface Step {
  readonly atMs: number;
  readonly after: StatusTally;
}

/** All rows that a writer would hold, in order. */
function rowsOf(steps: readonly Step[], gaps: readonly Span[], tier: Tier = 'minute'): RollUp[] {
  const rows: RollUp[] = [];
  for (const { atMs, after } of steps) {
    const row = countRollUp(rows.at(-1) ?? null, tier, atMs, after, gaps);
    if (rows.at(-1)?.atMs === row.atMs) rows.pop();
    rows.push(row);
  }
  return rows;
}

test('a change in the middle of a minute splits it, and its worst moment is kept', () => {
  // 10 passing for 20 s, then 8 passing and 2 critical for 5 s, then 10 passing again.
  const steps = [
    { atMs: 0, after: tally(10) },
    { atMs: 20_000, after: tally(8, 2) },
    { atMs: 25_000, after: tally(10) },
  ];
  const [row, ...others] = rowsOf(steps, []);
  expect(others).toEqual([]);
  expect(row).toEqual({
    atMs: 0,
    worst: tally(8, 2),
    last: tally(10),
    // Passing 10 x 20 s + 8 x 5 s = 240 s, critical 2 x 5 s = 10 s.
    instanceMs: tally(240_000, 10_000),
    gapMs: 0,
    countedToMs: 25_000,
  });
  expect(countOn(row as RollUp, MINUTE, []).instanceMs).toEqual(tally(590_000, 10_000));
});

test('ten instances replaced in one moment were never missing', () => {
  const steps = [
    { atMs: 0, after: tally(10) },
    { atMs: 30_000, after: tally(0) },
    { atMs: 30_000, after: tally(10) },
    { atMs: 40_000, after: tally(10) },
  ];
  expect(rowsOf(steps, [])[0]?.worst).toEqual(tally(10));
});

test('what lies in a gap is neither counted nor a worst moment', () => {
  // Critical when the gap began at 30 s, passing when it ended at 1 min 20 s; so the second minute saw nothing critical.
  const gaps = [{ fromMs: 30_000, toMs: 80_000 }];
  const rows = rowsOf(
    [
      { atMs: 0, after: tally(0, 1) },
      { atMs: 80_000, after: tally(1) },
      { atMs: 100_000, after: tally(1) },
    ],
    gaps,
  );
  expect(rows.map(({ last, ...row }) => row)).toEqual([
    { atMs: 0, worst: tally(0, 1), instanceMs: noTally, gapMs: 0, countedToMs: 0 },
    { atMs: MINUTE, worst: tally(1), instanceMs: tally(20_000), gapMs: 20_000, countedToMs: 100_000 },
  ]);
  // The first minute ends in the gap: 30 s of one critical, 30 s unseen.
  const first = countOn(rows[0] as RollUp, MINUTE, gaps);
  expect([first.instanceMs, first.gapMs]).toEqual([tally(0, 30_000), 30_000]);
});

test('before its first moment a scope was not seen', () => {
  const row = countOn(countRollUp(null, 'minute', 45_000, tally(3), []), MINUTE, []);
  expect(row).toMatchObject({ gapMs: 45_000, worst: tally(3), instanceMs: tally(45_000) });
});

test('a clock that is set back counts nothing twice', () => {
  const rows = rowsOf(
    [
      { atMs: 90_000, after: tally(1) },
      { atMs: 100_000, after: tally(0, 1) },
      { atMs: 5_000, after: tally(1) },
      { atMs: 110_000, after: tally(1) },
    ],
    [],
  );
  expect(rows).toHaveLength(1);
  // Critical from 100 s to the clamped moment 100 s: no time at all.
  expect(rows[0]).toMatchObject({ atMs: MINUTE, countedToMs: 110_000, instanceMs: tally(20_000), worst: tally(1) });
});

const statusTally = fc.record({
  passing: fc.nat(4),
  warning: fc.nat(2),
  critical: fc.nat(2),
  maintenance: fc.nat(2),
  unknown: fc.nat(2),
});

test('rows, carried over buckets without one, are what counting each second gives', () => {
  const SECOND = 1_000;
  const END = 10 * 60;
  const seconds = fc.record({ at: fc.nat(END - 1), after: statusTally });
  const gap = fc.tuple(fc.nat(END - 1), fc.nat(200)).map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 12 }), fc.array(gap, { maxLength: 3 }), (made, holes) => {
      const steps = made.sort((a, b) => a.at - b.at).map(({ at, after }) => ({ atMs: at * SECOND, after }));
      const gaps = joinSpans(holes.map(({ from, to }) => ({ fromMs: from * SECOND, toMs: to * SECOND })));
      const rows = new Map(rowsOf(steps, gaps).map((row) => [row.atMs, row]));
      const first = steps[0]?.atMs ?? 0;
      let last: StatusTally | null = null;
      for (let startMs = Math.floor(first / MINUTE) * MINUTE; startMs < END * SECOND; startMs += MINUTE) {
        const stored = rows.get(startMs) ?? emptyRow(startMs, last ?? noTally);
        const row = countOn(stored, startMs + MINUTE, gaps);
        last = row.last;
        let worst: StatusTally | null = null;
        let instanceMs = noTally;
        let gapMs = 0;
        for (let ms = startMs; ms < startMs + MINUTE; ms += SECOND) {
          const now = steps.findLast(({ atMs }) => atMs <= ms)?.after;
          if (!now || holes.some(({ from, to }) => from * SECOND <= ms && ms < to * SECOND)) gapMs += SECOND;
          else {
            worst = worst ? worseTally(worst, now) : now;
            instanceMs = addTallies(instanceMs, scaleTally(now, SECOND));
          }
        }
        expect({ gapMs: row.gapMs, instanceMs: row.instanceMs }).toEqual({ gapMs, instanceMs });
        expect(isSeen(row)).toBe(worst !== null);
        if (worst) expect(row.worst).toEqual(worst);
      }
    }),
  );
});

test('joined spans hold the same time', () => {
  const span = fc.tuple(fc.nat(50), fc.nat(20)).map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), fc.nat(60), fc.nat(30), (spans, fromMs, length) => {
      let ms = 0;
      for (let at = fromMs; at < fromMs + length; at += 1) {
        if (spans.some((one) => one.fromMs <= at && at < one.toMs)) ms += 1;
      }
      expect(unseenMs(joinSpans(spans), fromMs, fromMs + length)).toBe(ms);
    }),
  );
});
