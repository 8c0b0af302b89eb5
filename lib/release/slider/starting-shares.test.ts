import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitRecord } from './fixtures/split-record';
import { startingShares } from './starting-shares';

it('begins at what the mechanism declares', () => {
  expect(startingShares(splitRecord(), 'mesh')).toEqual({
    order: ['1.5.0', '1.4.2'],
    declared: { '1.5.0': 5, '1.4.2': 95 },
    present: { '1.5.0': 5, '1.4.2': 95 },
  });
  expect(startingShares(splitRecord(), 'weights').present).toEqual({ '1.5.0': 18, '1.4.2': 82 });
});

it('begins at what is declared otherwise where the mechanism declares nothing', () => {
  expect(startingShares(splitRecord(), 'policy')).toMatchObject({
    declared: null,
    present: { '1.5.0': 5, '1.4.2': 95 },
  });
});

it('has a place on the bar for a version that is declared and runs nowhere', () => {
  const declared = { '2.0.0': 10, '1.4.2': 90 };
  const split = splitRecord({ declared, mechanisms: [] });
  expect(startingShares(split, 'mesh').order).toEqual(['2.0.0', '1.5.0', '1.4.2']);
});

it('divides by the instances in traffic where nothing is declared, 100 in sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 }), (counts) => {
      const versions = counts.map((inTraffic, n) => ({
        ...{ version: `${n}`, instances: inTraffic, inTraffic, unverified: 0, stage: 'active' as const },
      }));
      const split = splitRecord({ mechanism: null, declared: null, mechanisms: [], versions });
      const { present } = startingShares(split, 'mesh');
      const hundredths = Object.values(present).map((share) => Math.round(share * 100));
      expect(hundredths.reduce((sum, part) => sum + part, 0)).toBe(10_000);
      const all = counts.reduce((sum, count) => sum + count, 0);
      if (all > 0)
        for (const [n, count] of counts.entries()) expect(present[`${n}`]).toBeCloseTo((100 * count) / all, 1);
    }),
  );
});
