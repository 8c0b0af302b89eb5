import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clampedDelayMs, retryDelayMs } from './retry-schedule';

test('a delay is anything up to a ceiling that grows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const delayMs = retryDelayMs(failures, random);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(retryDelayMs(failures + 1, 1));
        expect(retryDelayMs(failures, 0)).toBe(0);
      },
    ),
  );
});

test('eight tries are about an hour, and not much more than an hour and three quarters', () => {
  const hours = (random: number) =>
    [1, 2, 3, 4, 5, 6, 7].reduce((sum, failures) => sum + retryDelayMs(failures, random), 0) / 3_600_000;
  // 10 s + 30 s + 90 s + 270 s + 810 s + 2430 s + 2700 s = 6340 s
  expect(hours(1)).toBeCloseTo(6_340 / 3_600, 3);
  expect(hours(0.5)).toBeCloseTo(3_170 / 3_600, 3);
});

test('a wait that another clock has written is bounded', () => {
  expect([-1, Number.NaN, 5, 1e12].map(clampedDelayMs)).toEqual([0, 0, 5, 2_700_000]);
});
