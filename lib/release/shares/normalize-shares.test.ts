import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkShares, fromBasisPoints, shareOf, toBasisPoints } from './normalize-shares';
import { anyShares } from './testing/any-shares';

test('shares of 100 in sum in steps of 0.01 are taken, and come back from hundredths of a percent as they were', () => {
  fc.assert(
    fc.property(anyShares(), (shares) => {
      expect(checkShares(shares, Object.keys(shares))).toBeNull();
      const points = toBasisPoints(shares);
      expect([...points.values()].every(Number.isInteger)).toBe(true);
      expect([...points.values()].reduce((sum, share) => sum + share, 0)).toBe(10_000);
      expect(fromBasisPoints(points)).toEqual(shares);
    }),
  );
});

test.each([
  [{}, /no share/],
  [{ v1: 90, v2: 9.99 }, /sum to 99\.99%/],
  [{ v1: 90, v2: 10.01 }, /sum to 100\.01%/],
  [{ v1: 89.995, v2: 10.005 }, /"v1" is 89\.995%, and shares have steps of 0\.01/],
  [{ v1: 110, v2: -10 }, /"v1" is 110%, and a share is never above 100/],
  [{ v2: -10, v1: 100 }, /"v2" is -10%, and a share is never below 0/],
  [{ v1: Number.NaN, v2: 100 }, /"v1" is no number/],
  [{ v1: 90, v3: 10 }, /No instance of "v3" is registered.*"v1", "v2"/],
])('%j is refused with the reason', (shares, reason) => {
  expect(checkShares(shares, ['v1', 'v2'])).toMatch(reason);
});

test('a version that nobody runs may be named with nothing, and one that runs may be left out', () => {
  expect(checkShares({ v1: 100, gone: 0 }, ['v1', 'v2'])).toBeNull();
});

test('where nobody runs anything the reason says so', () => {
  expect(checkShares({ v1: 100 }, [])).toMatch(/no version runs/);
});

test('a version called like a member of every object has the share that it was given, and none where it was not', () => {
  const shares = fromBasisPoints(new Map([['__proto__', 10_000]]));
  expect(shareOf(shares, '__proto__')).toBe(100);
  expect(shareOf(shares, 'constructor')).toBe(0);
  expect(toBasisPoints(shares).get('__proto__')).toBe(10_000);
});
