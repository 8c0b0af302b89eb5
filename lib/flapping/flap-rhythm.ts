/** A median, and how far the values lie from it. */
export interface Spread {
  readonly median: number;
  /** Median distance from the median, as a share of it; 0: they are all alike. */
  readonly spread: number;
}

/** Null of nothing. */
export function spreadOf(values: readonly number[]): Spread | null {
  const median = medianOf(values);
  if (median === null) return null;
  const distance = medianOf(values.map((value) => Math.abs(value - median))) ?? 0;
  return { median, spread: median > 0 ? distance / median : 0 };
}

/** With fewer intervals than these nothing is said of a period. */
const LEAST_INTERVALS = 4;
/** Intervals that follow each other by mere chance (exponential ones) have a spread of about 0.7. */
const MOST_SPREAD = 0.25;

/**
 * The period of what recovered at these moments, ms: the median interval where at least half of the intervals lie within a quarter of it; null: there is none.
 *
 * @param recoveriesMs in order
 */
export function flapPeriodMs(recoveriesMs: readonly number[]): number | null {
  const intervals = intervalsOf(recoveriesMs);
  if (intervals.length < LEAST_INTERVALS) return null;
  const found = spreadOf(intervals);
  return found && found.spread <= MOST_SPREAD && found.median > 0 ? found.median : null;
}

/** From each to the next. */
export const intervalsOf = (timesMs: readonly number[]): number[] =>
  timesMs.slice(1).map((atMs, before) => atMs - (timesMs[before] ?? atMs));

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
