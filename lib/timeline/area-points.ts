import type { TimelineBucket } from '@/lib/history/bodies';

/** From the baseline up: the worst stands where it is compared best. */
export const stackedStatuses = ['critical', 'warning', 'unknown', 'maintenance', 'passing'] as const;
export type StackedStatus = (typeof stackedStatuses)[number];

/** One step of a stacked area: heights in instances, as they are drawn. */
export type AreaPoint = Readonly<Record<StackedStatus, number>> & {
  readonly atMs: number;
  /** The upper edge; null: nobody saw this bucket, and no line goes through it. */
  readonly total: number | null;
};

const NOTHING = { critical: 0, warning: 0, unknown: 0, maintenance: 0, passing: 0, total: null };

export const instancesIn = (bucket: TimelineBucket): number =>
  bucket.passing + bucket.warning + bucket.critical + bucket.maintenance + bucket.unknown;

/** The largest number of instances of any bucket; at least 1. */
export const scaleOf = (buckets: readonly TimelineBucket[]): number =>
  buckets.reduce((most, bucket) => Math.max(most, instancesIn(bucket)), 1);

/** The largest number of instances of any bucket that were not passing. */
export const mostTroubled = (buckets: readonly TimelineBucket[]): number =>
  buckets.reduce((most, bucket) => Math.max(most, instancesIn(bucket) - bucket.passing), 0);

/**
 * Steps to draw for buckets of `stepMs`. `least` is how many instances the smallest visible height stands for: whatever is above zero is drawn at
 * least so high, at the cost of what passes. A bucket that nobody saw at all is nothing, and so is a bucket that is missing.
 */
export function areaPoints(buckets: readonly TimelineBucket[], stepMs: number, least: number): AreaPoint[] {
  const points: AreaPoint[] = [];
  let endMs = Number.NEGATIVE_INFINITY;
  for (const bucket of buckets) {
    const atMs = Date.parse(bucket.at);
    if (points.length > 0 && atMs > endMs) points.push({ atMs: endMs, ...NOTHING });
    points.push(bucket.unknownMs >= stepMs ? { atMs, ...NOTHING } : pointOf(bucket, atMs, least));
    endMs = atMs + stepMs;
  }
  const last = points.at(-1);
  // A step is drawn to the next point: the last bucket needs one at its end.
  return last ? [...points, { ...last, atMs: endMs }] : points;
}

function pointOf(bucket: TimelineBucket, atMs: number, least: number): AreaPoint {
  const total = instancesIn(bucket);
  const drawn = (count: number) => (count === 0 ? 0 : Math.max(count, least));
  const critical = drawn(bucket.critical);
  const warning = drawn(bucket.warning);
  const unknown = drawn(bucket.unknown);
  const maintenance = drawn(bucket.maintenance);
  const passing = Math.max(0, total - critical - warning - unknown - maintenance);
  return { atMs, critical, warning, unknown, maintenance, passing, total };
}
