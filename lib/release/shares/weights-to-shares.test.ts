import { expect, test } from 'vitest';
import { sharesOfWeights } from './weights-to-shares';

const instance = (version: string, weight: number, inTraffic = true) => ({ version, weight, inTraffic });

test('shares are the weights in traffic, summed by version', () => {
  // 9 x 10 and 1 x 10; then 1 x 90 beside 9 x 10.
  const old = Array.from({ length: 9 }, () => instance('v1', 10));
  expect(sharesOfWeights([...old, instance('v2', 10)])).toEqual({ v1: 90, v2: 10 });
  expect(sharesOfWeights([...old, instance('v2', 90)])).toEqual({ v1: 50, v2: 50 });
});

test('an instance out of traffic counts for nothing, and its version is named all the same', () => {
  expect(sharesOfWeights([instance('v1', 1), instance('v2', 65_535, false)])).toEqual({ v1: 100, v2: 0 });
});

test('thirds sum to 100', () => {
  expect(sharesOfWeights(['a', 'b', 'c'].map((version) => instance(version, 7)))).toEqual({
    a: 33.34,
    b: 33.33,
    c: 33.33,
  });
});

test('without any traffic there are no shares', () => {
  expect(sharesOfWeights([])).toBeNull();
  expect(sharesOfWeights([instance('v1', 10, false)])).toBeNull();
});
