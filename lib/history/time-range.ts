import { MOST_BUCKETS } from './bodies';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of a bucket, ms. Each divides a day or is days, so that a bucket never crosses one of a roll-up of the same width or less. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 30].map((days) => days * DAY),
];

/**
 * The width of buckets for a range: the narrowest of `STEPS` that is not below what was asked for (null: as narrow as fits) and gives at most
 * `MOST_BUCKETS`; the widest where none is.
 */
export function fitStep(rangeMs: number, askedMs: number | null, leastMs = 0): number {
  // A range that is not aligned touches one bucket more than its length.
  const fits = (stepMs: number) => Math.ceil(rangeMs / stepMs) + 1 <= MOST_BUCKETS;
  const least = Math.max(askedMs ?? 0, leastMs);
  return STEPS.find((stepMs) => stepMs >= least && fits(stepMs)) ?? 30 * DAY;
}

/** A range as it was asked for, ms since 1970; null: from the start of the record, until now. */
export interface AskedRange {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** What of a range can be told: nothing is known before the record began, nor of what is to come. An empty one begins where it ends. */
export function cutRange(
  { fromMs, toMs }: AskedRange,
  recordedFromMs: number | null,
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  const endMs = Math.min(toMs ?? nowMs, nowMs);
  return { fromMs: Math.min(Math.max(fromMs ?? 0, recordedFromMs ?? endMs), endMs), toMs: endMs };
}

/**
 * A range whose edges fall between buckets, so that the same time is cut in the same way whenever it is asked for: widened to whole buckets, but not beyond
 * what is recorded.
 */
export function alignRange(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  stepMs: number,
  recordedFromMs: number | null,
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  return {
    fromMs: Math.max(Math.floor(fromMs / stepMs) * stepMs, Math.min(fromMs, recordedFromMs ?? fromMs)),
    toMs: Math.max(toMs, Math.min(Math.ceil(toMs / stepMs) * stepMs, nowMs)),
  };
}
