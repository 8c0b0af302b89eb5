import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff';

it('waits 100 ms to 15 s, whatever happened before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, random) => {
        const ms = backoffMs(failures, random);
        expect(ms).toBeGreaterThanOrEqual(100);
        expect(ms).toBeLessThanOrEqual(15_000);
      },
    ),
  );
});

it('doubles until it stays', () => {
  // Ceilings 200, 400, 800 … 12,800, 15,000; random 0 takes the lower half's end.
  expect([1, 2, 3, 7, 8, 9].map((failures) => backoffMs(failures, 0))).toEqual([100, 200, 400, 6_400, 7_500, 7_500]);
  expect(backoffMs(1, 1)).toBe(200);
});
