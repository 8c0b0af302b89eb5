import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharesOfSplitterWeights, splitterWeights } from './splitter-weights';
import { anyShares } from './testing/any-shares';

test('shares come back from the weights of a splitter, whose sum Consul takes', () => {
  fc.assert(
    fc.property(anyShares(), (shares) => {
      const weights = splitterWeights(shares);
      // What Consul itself does: each weight, a 32-bit float, times 100 and rounded; the sum has to be 10000.
      const scaled = weights.map(({ weight }) => Math.round(Math.fround(Math.fround(weight) * 100)));
      expect(scaled.reduce((sum, one) => sum + one, 0)).toBe(10_000);
      expect(sharesOfSplitterWeights(weights)).toEqual(shares);
      const floats = weights.map(({ version, weight }) => ({ version, weight: Math.fround(weight) }));
      expect(sharesOfSplitterWeights(floats)).toEqual(shares);
    }),
  );
});

test('a split without a weight has none, and two splits of one version are one share', () => {
  expect(sharesOfSplitterWeights([{ version: 'v1', weight: 100 }, { version: 'v2' }])).toEqual({ v1: 100, v2: 0 });
  const splits = [
    { version: 'v1', weight: 40 },
    { version: 'v1', weight: 50 },
    { version: 'v2', weight: 10 },
  ];
  expect(sharesOfSplitterWeights(splits)).toEqual({ v1: 90, v2: 10 });
});

test('weights that are off by a hundredth are taken in proportion, and none at all are no shares', () => {
  const thirds = ['a', 'b', 'c'].map((version) => ({ version, weight: 33.333 }));
  expect(sharesOfSplitterWeights(thirds)).toEqual({ a: 33.34, b: 33.33, c: 33.33 });
  expect(sharesOfSplitterWeights([{ version: 'v1' }, { version: 'v2', weight: 0 }])).toBeNull();
});
