import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_SLOTS, flapScore } from './flap-score';

it('is what Icinga 2 works out of the same twenty bits', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (oldestFirst) => {
      let changes = 0;
      for (const [i, changed] of oldestFirst.entries()) if (changed) changes += 0.8 + 0.02 * i;
      const bits = oldestFirst.reduce((sum, changed, i) => sum + (changed ? 2 ** (19 - i) : 0), 0);
      expect(flapScore(bits)).toBeCloseTo((100 * changes) / 20, 9);
    }),
  );
});

it('needs six of the newest slots to pass 30%, and is 99 at most', () => {
  // Σ (0.8 + 0.02 i) for i 15 to 19 is 5.7, for 14 to 19 it is 6.78, for all 19.8; each is a twentieth of 100.
  expect(flapScore(0b11111)).toBeCloseTo(28.5, 9);
  expect(flapScore(0b111111)).toBeCloseTo(33.9, 9);
  expect(flapScore(ALL_SLOTS)).toBeCloseTo(99, 9);
  expect(flapScore(0)).toBe(0);
});
