/** Up to the first of these many ms after the first failure, and so on: eight tries are about an hour, and two at the most. */
const CEILINGS_MS = [10_000, 30_000, 90_000, 270_000, 810_000, 2_430_000, 2_700_000];
const LONGEST_MS = 2_700_000;

/**
 * How long to wait after so many failed tries (1 or more): anything from nothing to a ceiling that grows threefold, so that what failed together does not come back
 * together.
 * @param random 0 (included) to 1
 */
export function retryDelayMs(failures: number, random: number): number {
  return Math.floor(random * (CEILINGS_MS[failures - 1] ?? LONGEST_MS));
}

/** No wait is longer, whatever a document of another clock says. */
export const clampedDelayMs = (ms: number): number => Math.min(LONGEST_MS, Math.max(0, Number.isNaN(ms) ? 0 : ms));
