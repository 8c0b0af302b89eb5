import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_BUCKETS } from './bodies';
import { tierMs } from './roll-up';
import { alignRange, cutRange, fitStep } from './time-range';

test('a width is raised to what fits, never below what was asked for', () => {
  expect(fitStep(24 * tierMs.hour, null)).toBe(2 * tierMs.minute);
  expect(fitStep(24 * tierMs.hour, 1)).toBe(2 * tierMs.minute);
  expect(fitStep(24 * tierMs.hour, 7 * tierMs.minute)).toBe(10 * tierMs.minute);
  expect(fitStep(30 * tierMs.day, null)).toBe(tierMs.hour);
  expect(fitStep(0, null)).toBe(1_000);
});

test('whatever is asked for, there are no more buckets than allowed, and each begins at a multiple of its width', () => {
  const ms = fc.integer({ min: 0, max: 3 * 365 * tierMs.day });
  fc.assert(
    fc.property(ms, ms, fc.option(ms), (a, b, asked) => {
      const nowMs = 4 * 365 * tierMs.day;
      const cut = cutRange({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }, 0, nowMs);
      const stepMs = fitStep(cut.toMs - cut.fromMs, asked);
      const range = alignRange(cut, stepMs, 0, nowMs);
      expect([range.fromMs % stepMs, range.fromMs <= cut.fromMs, range.toMs >= cut.toMs]).toEqual([0, true, true]);
      expect(Math.ceil((range.toMs - range.fromMs) / stepMs)).toBeLessThanOrEqual(MOST_BUCKETS);
    }),
  );
});

test('a range is cut to what is recorded and to what has been', () => {
  expect(cutRange({ fromMs: 0, toMs: 10_000 }, 500, 900)).toEqual({ fromMs: 500, toMs: 900 });
  expect(cutRange({ fromMs: null, toMs: null }, 500, 900)).toEqual({ fromMs: 500, toMs: 900 });
  expect(cutRange({ fromMs: 2_000, toMs: 3_000 }, 500, 900)).toEqual({ fromMs: 900, toMs: 900 });
  expect(cutRange({ fromMs: 0, toMs: 600 }, null, 900)).toEqual({ fromMs: 600, toMs: 600 });
});

test('a range is not widened to before the record', () => {
  expect(alignRange({ fromMs: 70_500, toMs: 90_500 }, 60_000, 70_500, 200_000)).toEqual({
    fromMs: 70_500,
    toMs: 120_000,
  });
  expect(alignRange({ fromMs: 70_500, toMs: 90_500 }, 60_000, 0, 95_000)).toEqual({ fromMs: 60_000, toMs: 95_000 });
});
