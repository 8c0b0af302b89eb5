import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestUnits, errorOf } from './best-units';

const group = fc.record({ weight: fc.integer({ min: 1, max: 50 }), count: fc.integer({ min: 1, max: 12 }) });

test('with three versions the error is as small as any, but for what no one can see', () => {
  const most = 16;
  fc.assert(
    fc.property(fc.tuple(group, group, group), (all) => {
      const sum = all.reduce((left, { weight }) => left + weight, 0);
      const groups = all.map(({ weight, count }) => ({ share: (weight / sum) * 100, count }));
      let least = 100;
      for (let a = 1; a <= most; a += 1) {
        for (let b = 1; b <= most; b += 1) {
          for (let c = 1; c <= most; c += 1) least = Math.min(least, errorOf(groups, [a, b, c]));
        }
      }
      const units = bestUnits(groups, most);
      expect(units.every((unit) => Number.isInteger(unit) && unit >= 1 && unit <= most)).toBe(true);
      expect(errorOf(groups, units)).toBeLessThanOrEqual(Math.max(least + 1e-9, 0.005));
    }),
  );
});
