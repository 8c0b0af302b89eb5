import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOf, toBasisPoints } from './normalize-shares';
import { moveHandle, setShare } from './set-share';
import { anyShares } from './testing/any-shares';

const sumOf = (shares: Record<string, number>) =>
  [...toBasisPoints(shares).values()].reduce((sum, one) => sum + one, 0);
const percent = fc.nat(10_000).map((points) => points / 100);

test('a share is set exactly, the sum stays 100, and the others keep their proportions to 0.01', () => {
  fc.assert(
    fc.property(anyShares(), percent, fc.nat(), (shares, wished, pick) => {
      const versions = Object.keys(shares);
      const version = versions[pick % versions.length] ?? '';
      const moved = setShare(shares, version, wished);
      expect(sumOf(moved)).toBe(10_000);
      expect(shareOf(moved, version)).toBe(versions.length === 1 ? 100 : wished);
      const others = versions.filter((one) => one !== version);
      const before = others.reduce((sum, one) => sum + shareOf(shares, one), 0);
      for (const other of others) {
        const part = before > 0 ? shareOf(shares, other) / before : 1 / others.length;
        expect(Math.abs(shareOf(moved, other) - part * (100 - wished))).toBeLessThan(0.01 + 1e-9);
      }
    }),
  );
});

test('of others that have nothing each gets the same', () => {
  expect(setShare({ v1: 0, v2: 0, v3: 100 }, 'v3', 50)).toEqual({ v1: 25, v2: 25, v3: 50 });
  // 33.33 is not divisible by two in steps of 0.01: the first gets one step more.
  expect(setShare({ v1: 0, v2: 0, v3: 100 }, 'v3', 66.67)).toEqual({ v1: 16.67, v2: 16.66, v3: 66.67 });
});

test('a version that had no share yet comes in, and what lies beyond the ends is held at them', () => {
  expect(setShare({ v1: 100 }, 'v2', 10)).toEqual({ v1: 90, v2: 10 });
  expect(setShare({ v1: 90, v2: 10 }, 'v2', 120)).toEqual({ v1: 0, v2: 100 });
  expect(setShare({ v1: 90, v2: 10 }, 'v2', -1)).toEqual({ v1: 100, v2: 0 });
  expect(setShare({ v1: 90, v2: 10 }, 'v2', 12.344)).toEqual({ v1: 87.66, v2: 12.34 });
});

test('a handle moves share between the two versions beside it and nothing else', () => {
  fc.assert(
    fc.property(
      anyShares().filter((one) => Object.keys(one).length > 1),
      percent,
      fc.nat(),
      (shares, to, pick) => {
        const order = Object.keys(shares);
        const handle = pick % (order.length - 1);
        const moved = moveHandle(shares, order, handle, to);
        expect(sumOf(moved)).toBe(10_000);
        for (const [at, version] of order.entries()) {
          if (at !== handle && at !== handle + 1) expect(shareOf(moved, version)).toBe(shareOf(shares, version));
          expect(shareOf(moved, version)).toBeGreaterThanOrEqual(0);
        }
      },
    ),
  );
});

test('a handle stands where it is put, counted from the left, and stops at the handles beside it', () => {
  const shares = { v1: 50, v2: 30, v3: 20 };
  const order = ['v1', 'v2', 'v3'];
  expect(moveHandle(shares, order, 1, 60)).toEqual({ v1: 50, v2: 10, v3: 40 });
  expect(moveHandle(shares, order, 1, 40)).toEqual({ v1: 50, v2: 0, v3: 50 });
  expect(moveHandle(shares, order, 0, 95)).toEqual({ v1: 80, v2: 0, v3: 20 });
  expect(() => moveHandle(shares, order, 2, 50)).toThrow(RangeError);
});
