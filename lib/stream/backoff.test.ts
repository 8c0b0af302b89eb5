import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelayMs, byeDelayMs } from './backoff';

const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe('waiting before the next connection', () => {
  it('doubles its bound from 250 ms to 5 s', () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => backoffDelayMs(failures, () => 1));
    expect(bounds).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  it('spreads over the whole span', () => {
    expect([0, 0.25, 0.5].map((r) => backoffDelayMs(3, () => r))).toEqual([0, 250, 500]);
  });

  it('never leaves 0 to 5 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), unit, (failures, r) => {
        const delayMs = backoffDelayMs(failures, () => r);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(5_000);
      }),
    );
  });

  it('follows a bye, spread around what it asked for', () => {
    expect([0, 0.5, 1].map((r) => byeDelayMs(2_000, () => r))).toEqual([1_000, 2_000, 3_000]);
  });

  it('does not let a bye send it away for a day, or back in time', () => {
    expect(byeDelayMs(86_400_000, () => 1)).toBe(90_000);
    expect(byeDelayMs(-5, () => 1)).toBe(0);
  });
});
