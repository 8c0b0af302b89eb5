import type { FlapScaleEvidence } from '@/lib/alerts/evidence';

/** One slot of a strip, as it is drawn. Times are ms since 1970. */
export interface FlapSlot {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: 'calm' | 'changed' | 'unknown';
  readonly changes: number;
  /** Of the strip, percent: as much as it weighs beside the newest. */
  readonly heightPercent: number;
}

const states = { '.': 'calm', x: 'changed', '?': 'unknown' } as const;
/** What the newest of 20 slots weighs in the score, and by how much each older one weighs less: 0.8 + 0.02 i, i from 0 to 19. */
const NEWEST_WEIGHT = 1.18;
const STEP = 0.02;

/** The slots of a scale, the oldest first. What is no letter of a strip was not watched. */
export function flapSlots({ slotMs, newestFrom, slots, changes }: FlapScaleEvidence): FlapSlot[] {
  const newestMs = Date.parse(newestFrom);
  return [...slots].map((letter, index, all) => {
    const age = all.length - 1 - index;
    const fromMs = newestMs - age * slotMs;
    const weight = Math.max(0, NEWEST_WEIGHT - STEP * age);
    return {
      ...{ fromMs, toMs: fromMs + slotMs, changes: changes[index] ?? 0 },
      state: states[letter as keyof typeof states] ?? 'unknown',
      heightPercent: (weight / NEWEST_WEIGHT) * 100,
    };
  });
}
