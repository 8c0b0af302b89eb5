import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from './apportion';

const weights = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 20 }).filter((all) => all.some((one) => one > 0));

test('parts sum to the total, each within one unit of its exact share, and a greater weight never gets less', () => {
  fc.assert(
    fc.property(fc.nat(10_000), weights, (total, all) => {
      const parts = apportion(total, all);
      const sum = all.reduce((left, one) => left + one, 0);
      expect(parts.reduce((left, part) => left + part, 0)).toBe(total);
      for (const [at, weight] of all.entries()) {
        expect(Math.abs((parts[at] ?? 0) - (total * weight) / sum)).toBeLessThan(1);
        for (const [other, lighter] of all.entries()) {
          if (lighter < weight) expect(parts[other]).toBeLessThanOrEqual(parts[at] ?? 0);
        }
      }
    }),
  );
});

test('what is left goes to the largest remainders, the earlier first where two are equal', () => {
  // 10 by 1 : 1 : 1 is 3.33 each: one is left. 7 by 3 : 2 : 2 is 3, 2, 2.
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(apportion(7, [3, 2, 2])).toEqual([3, 2, 2]);
  // 10 by 1 : 2 is 3.33 and 6.67.
  expect(apportion(10, [1, 2])).toEqual([3, 7]);
});

test('a total that there is no weight for is refused, and nothing of nothing is not', () => {
  expect(() => apportion(1, [0, 0])).toThrow(RangeError);
  expect(apportion(0, [0, 0])).toEqual([0, 0]);
});
