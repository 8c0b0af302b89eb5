import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SLOTS } from './flap-score';
import { bitsAt, KEPT_SLOTS, SlotStrip } from './slot-strip';

const steps = fc.array(
  fc.record({ by: fc.integer({ min: 0, max: 50 }), back: fc.integer({ min: -1, max: 45 }), unset: fc.boolean() }),
);

it('keeps which of the last forty slots were set, however time goes on', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const strip = new SlotStrip(30_000, 1_000);
      const set = new Set<number>();
      let head = 1_000;
      for (const { by, back, unset } of story) {
        head += by;
        strip.moveTo(head);
        strip.moveTo(head - 3);
        const slot = head - back;
        if (unset) {
          strip.unset(slot);
          set.delete(slot);
        } else {
          strip.set(slot);
          // A slot that is not there yet, and one that is forgotten, is nothing to set.
          if (back >= 0 && back < KEPT_SLOTS) set.add(slot);
        }
      }
      for (let age = 0; age <= SLOTS; age += 1) {
        const expected = Array.from({ length: SLOTS }, (_, bit) => (set.has(head - age - bit) ? 2 ** bit : 0));
        expect(bitsAt(strip, age)).toBe(expected.reduce((sum, bit) => sum + bit, 0));
      }
      expect(strip.head).toBe(head);
    }),
  );
});

it('says the least and the most that the score can be where something was not watched', () => {
  const strip = new SlotStrip(30_000, 19);
  for (let slot = 14; slot < 20; slot += 1) strip.set(slot);
  expect(strip.leastScore).toBeCloseTo(33.9, 9);
  expect(strip.mostScore({ newer: 0b111111, older: 0 }), 'what changed is known to have').toBeCloseTo(33.9, 9);
  // The 14 others, i 0 to 13: 14 · 0.8 + 0.02 · 91 = 13.02, which is 65.1%.
  expect(strip.mostScore({ newer: 2 ** 20 - 1, older: 0 })).toBeCloseTo(99, 9);
});
