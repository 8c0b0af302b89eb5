import type { TimelineBucket } from './bodies';
import type { Cell } from './cells';
import type { StatusTally } from './roll-up';
import { addTallies, noTally, worseTally } from './tally';

/** A bucket of a timeline, in ms since 1970. */
interface Bucket {
  readonly atMs: number;
  /** Its worst moment that was seen; null: none was. */
  readonly worst: StatusTally | null;
  readonly unseenMs: number;
}

/**
 * Cells put together into buckets that begin at multiples of `stepMs`, so that the same time lies in the same bucket whenever it is asked for. Of a
 * bucket its worst cell counts. A bucket in which there is no cell is none: the record knows nothing of it.
 *
 * @param cells in order, none crosses a multiple of `stepMs`
 */
export function bucketsOf(cells: readonly Cell[], stepMs: number): Bucket[] {
  const buckets: Bucket[] = [];
  for (const { fromMs, worst, unseenMs } of cells) {
    const atMs = Math.floor(fromMs / stepMs) * stepMs;
    const open = buckets.at(-1);
    if (open?.atMs === atMs) buckets.pop();
    const joined = open?.atMs === atMs ? open : { atMs, worst: null, unseenMs: 0 };
    buckets.push({
      atMs,
      worst: worst && joined.worst ? worseTally(joined.worst, worst) : (worst ?? joined.worst),
      unseenMs: joined.unseenMs + unseenMs,
    });
  }
  return buckets;
}

/**
 * The buckets of several datacenters as those of one. Each has its worst moment at its own time, so the sum may show more trouble than there was at any
 * one moment, never less; and it was seen as long as the one that was seen least.
 */
export function sumBuckets(scopes: readonly (readonly Bucket[])[]): Bucket[] {
  const sums = new Map<number, Bucket>();
  for (const bucket of scopes.flat()) {
    const sum = sums.get(bucket.atMs);
    if (!sum) sums.set(bucket.atMs, bucket);
    else {
      const worst = sum.worst && bucket.worst ? addTallies(sum.worst, bucket.worst) : (sum.worst ?? bucket.worst);
      sums.set(bucket.atMs, { atMs: bucket.atMs, worst, unseenMs: Math.max(sum.unseenMs, bucket.unseenMs) });
    }
  }
  return [...sums.values()].sort((a, b) => a.atMs - b.atMs);
}

export function bucketItem({ atMs, worst, unseenMs }: Bucket): TimelineBucket {
  return { at: new Date(atMs).toISOString(), ...(worst ?? noTally), unknownMs: unseenMs };
}
