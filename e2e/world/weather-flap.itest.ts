import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FlapDetector } from '@/lib/flapping/flap-detector';
import { flapSettingsBy } from '@/lib/flapping/flap-settings';
import { exampleFlip, exampleInstance } from '@/lib/history/example-transition';
import type { ShopInstance } from './shop-instance';
import { type FlapStage, keepFlapping } from './weather-flap';

test('what flaps in the weather is found within four minutes by the settings that hold of themselves, ends while it rests, and is found again', async () => {
  const stepMs = 4_000;
  const minute = 60_000;
  const phase = fc.integer({ min: 0, max: 5 * minute });
  await fc.assert(
    // Where in a slot it begins, and how late the agent's check and each step are.
    fc.asyncProperty(
      phase,
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 100 }),
      async (slotMs, checkMs, lateMs) => {
        const startMs = 1_767_225_600_000 + slotMs;
        const detector = new FlapDetector(flapSettingsBy([]), 5 * minute);
        const seen: [string, number][] = [];
        const note = (edges: ReturnType<FlapDetector['advance']>, atMs: number) => {
          for (const { edge } of edges) seen.push([edge, atMs - startMs]);
        };
        let nowMs = startMs;
        let status: 'passing' | 'critical' = 'passing';
        const stage: FlapStage = {
          report: () => undefined,
          flip: async (_instance, to) => {
            if (to === 'warning' || to === status) return;
            const flip = exampleFlip(nowMs + checkMs, 'search', exampleInstance('n', 'search-1'), status, to);
            note(detector.observe(flip), nowMs + checkMs);
            status = to;
          },
          step: async (steps = 1) => {
            for (const untilMs = nowMs + steps * stepMs; nowMs < untilMs; nowMs += stepMs) {
              note(detector.advance('dc1', nowMs), nowMs);
            }
            nowMs += lateMs;
            if (nowMs - startMs > 25 * minute) throw new Error('It is over.');
          },
        };
        detector.advance('dc1', startMs - 30 * minute);
        await keepFlapping(stage, {} as ShopInstance, 'search-1').catch(() => undefined);
        expect(seen.map(([edge]) => edge)).toEqual(['begins', 'ends', 'begins']);
        expect(seen[0]?.[1]).toBeLessThan(3.5 * minute);
      },
    ),
  );
});
