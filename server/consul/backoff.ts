const LEAST_MS = 100;
const MOST_MS = 15_000;

/**
 * How long to wait after so many failures in a row (1 or more): from 100 ms, doubling, never over 15 s, spread by half so that
 * many watches that failed together do not come back together.
 * @param random 0 (included) to 1.
 */
export function backoffMs(failures: number, random: number): number {
  // 2^30 is far beyond the cap, and keeps the power from overflowing.
  const ceiling = Math.min(MOST_MS, 2 * LEAST_MS * 2 ** Math.min(failures - 1, 30));
  return ceiling / 2 + (random * ceiling) / 2;
}
