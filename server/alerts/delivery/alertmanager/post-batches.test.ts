import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_IN_A_BATCH, postBatches } from './post-batches';

test('whichever are refused, each other one is taken once, and each of them stands alone', async () => {
  const items = fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { maxLength: 500 });
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 2, max: 50 }), async (list, every) => {
      const isBad = (item: number) => item % every === 0;
      const taken: number[] = [];
      const refused: number[] = [];
      await postBatches(
        list,
        async (batch) => {
          expect(batch.length).toBeLessThanOrEqual(MOST_IN_A_BATCH);
          return batch.some(isBad) ? 'no' : null;
        },
        ({ items: part, refusal }) => {
          if (refusal === null) taken.push(...part);
          else refused.push(...part);
        },
      );
      expect(taken).toEqual(list.filter((item) => !isBad(item)));
      expect(refused).toEqual(list.filter(isBad));
    }),
    { numRuns: 50 },
  );
});

test('a failure that is no refusal ends it, and what was taken before stays told', async () => {
  const told: number[] = [];
  let asked = 0;
  const posting = postBatches(
    Array.from({ length: 450 }, (_, at) => at),
    async () => {
      asked += 1;
      if (asked === 2) throw new Error('down');
      return null;
    },
    ({ items }) => told.push(...items),
  );
  await expect(posting).rejects.toThrow('down');
  expect(told).toHaveLength(MOST_IN_A_BATCH);
  expect(asked).toBe(2);
});
