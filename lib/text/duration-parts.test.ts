import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DurationUnit, durationParts } from './duration-parts';

const inMs: Record<DurationUnit, number> = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 };

describe('a duration in words', () => {
  it('has its two largest units, cut', () => {
    // 7 * 60,000 + 16 * 1,000 + 999 = 436,999
    expect(durationParts(436_999, 2)).toEqual([
      { value: 7, unit: 'minute' },
      { value: 16, unit: 'second' },
    ]);
  });

  it('leaves out a zero behind the first unit, and never skips to a third', () => {
    // 2 days and 5 minutes: the hours between are none.
    expect(durationParts(2 * inMs.day + 5 * inMs.minute, 2)).toEqual([{ value: 2, unit: 'day' }]);
  });

  it('is nought seconds below a second and below nothing', () => {
    expect(durationParts(999, 2)).toEqual([{ value: 0, unit: 'second' }]);
    expect(durationParts(-5_000, 2)).toEqual([{ value: 0, unit: 'second' }]);
  });

  it('never says more than has passed, and less by under one of its last possible unit', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000), fc.integer({ min: 1, max: 4 }), (durationMs, most) => {
        const saidMs = durationParts(durationMs, most).reduce((sum, { value, unit }) => sum + value * inMs[unit], 0);
        expect(saidMs).toBeLessThanOrEqual(durationMs);
        const first = durationParts(durationMs, 1)[0];
        expect(durationMs - saidMs).toBeLessThan(first ? inMs[first.unit] : 0);
      }),
    );
  });
});
