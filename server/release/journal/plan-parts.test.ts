import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JournaledPlan } from '@/lib/release/journal/intent';
import type { WriteOf } from '@/lib/release/planned-write';
import { planOfParts, planParts } from './plan-parts';

const kvWrite = (key: string, before: string | null, after: string): WriteOf<'kv'> => ({
  ...{ kind: 'kv', dc: 'dc1', target: key, stage: 0, key, before, after, index: before === null ? 0 : 7 },
});

it('a plan is read out of its parts as it was, whatever text is in it', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const write = fc.tuple(text, fc.option(text), text).map(([key, before, after]) => kvWrite(key, before, after));
  const wish = fc.option(fc.record({ key: text, value: text }));
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 20 }), wish, async (writes, wished) => {
      const plan = { format: 1, writes, wish: wished } as const;
      expect(await planOfParts(await planParts(plan))).toEqual(plan);
    }),
  );
});

it('what is packed beyond one value is cut, and no part is larger than Consul takes as base64', async () => {
  // Digests look like chance to the packer and are the same in each run.
  const noise = Array.from({ length: 20_000 }, (_, number) =>
    createHash('sha256').update(`${number}`).digest('base64'),
  );
  const plan: JournaledPlan = { format: 1, writes: [kvWrite('key', null, noise.join(''))], wish: null };
  const parts = await planParts(plan);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part.toString('base64').length).toBeLessThan(512 * 1_024);
  expect(await planOfParts(parts)).toEqual(plan);
  await expect(planOfParts(parts.slice(1))).rejects.toThrow();
});
