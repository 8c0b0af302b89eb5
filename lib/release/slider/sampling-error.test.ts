import fc from 'fast-check';
import { expect, it } from 'vitest';
import { samplingError } from './sampling-error';

it('is 1.96 standard errors of what was counted', () => {
  // 1.96 * sqrt(0.1 * 0.9 / 10,000) = 0.00588
  expect(samplingError(10, 10_000)).toBeCloseTo(0.588, 10);
});

it('leaves room where nothing, or all, was seen: 3 of n', () => {
  expect(samplingError(0, 300)).toBeCloseTo(1, 10);
  expect(samplingError(100, 300)).toBeCloseTo(1, 10);
});

it('is unknown where nothing was counted', () => {
  expect(samplingError(0, 0)).toBeNull();
});

it('shrinks with what was counted, and is never more than all', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: 1, max: 1e9 }), (percent, requests) => {
      const error = samplingError(percent, requests) ?? Number.NaN;
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThanOrEqual(100);
      expect(samplingError(percent, requests * 2)).toBeLessThanOrEqual(error);
    }),
  );
});
