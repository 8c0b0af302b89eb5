import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdSet } from './id-set';

test('holds exactly the ids that were added, however large', () => {
  const id = fc.integer({ min: 0, max: 3_000_000 });
  fc.assert(
    fc.property(fc.array(id), fc.array(id), (added, others) => {
      const set = new IdSet();
      for (const one of added) set.add(one);
      set.add(null);
      for (const one of [...added, ...others]) expect(set.has(one)).toBe(added.includes(one));
    }),
    { numRuns: 50 },
  );
});
