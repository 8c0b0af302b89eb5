import { type Span, unseenMs } from './gap-time';
import { type RollUp, type StatusTally, type Tier, tierMs } from './roll-up';
import { addTallies, noTally, scaleTally, worseTally } from './tally';

/**
 * Counts a scope on to `atMs`, from where it stands at `after`, and gives the row of the bucket in which it then is. The counter has no other state than
 * that row: give back the newest one of this scope and tier, or null where there is none. Where the answer begins a new bucket the row before it is
 * finished as it was, since a row's `last` holds until its bucket's end, and buckets in between need no row.
 *
 * Changes of one moment are one: a picture that lasted no time is not counted, so that ten instances replaced in one answer are never ten missing.
 * A moment before what is counted already (the clock was set back) counts as that. What lies in a gap is not counted, and was not seen for a worst
 * moment either; nor is what was before the scope's first moment, which counts as a gap in its first row.
 *
 * @param gaps of the datacenter, in order, without overlap, at least those that end after the bucket of `atMs` began
 */
export function countRollUp(
  current: RollUp | null,
  tier: Tier,
  atMs: number,
  after: StatusTally,
  gaps: readonly Span[],
): RollUp {
  const startMs = Math.floor(Math.max(atMs, current?.countedToMs ?? atMs) / tierMs[tier]) * tierMs[tier];
  if (current === null) {
    const gapMs = atMs - startMs;
    return { atMs: startMs, worst: after, last: after, instanceMs: noTally, gapMs, countedToMs: atMs };
  }
  const row = current.atMs === startMs ? current : emptyRow(startMs, current.last);
  return { ...countOn(row, Math.max(atMs, row.countedToMs), gaps), last: after };
}

/**
 * A row counted on to `toMs` of its own bucket, in which nothing changed since: what a reader makes of a row that ends before its bucket.
 *
 * @param gaps as for `countRollUp`
 */
export function countOn(row: RollUp, toMs: number, gaps: readonly Span[]): RollUp {
  const spanMs = toMs - row.countedToMs;
  const gapMs = unseenMs(gaps, row.countedToMs, toMs);
  const seenMs = spanMs - gapMs;
  return {
    ...row,
    worst: seenMs === 0 ? row.worst : isSeen(row) ? worseTally(row.worst, row.last) : row.last,
    instanceMs: seenMs === 0 ? row.instanceMs : addTallies(row.instanceMs, scaleTally(row.last, seenMs)),
    gapMs: row.gapMs + gapMs,
    countedToMs: toMs,
  };
}

/** The row of a bucket that began as the one before it ended. Until it is counted on, it has seen nothing. */
export function emptyRow(atMs: number, last: StatusTally): RollUp {
  return { atMs, worst: last, last, instanceMs: noTally, gapMs: 0, countedToMs: atMs };
}

/** Whether any moment of what the row counted was seen; else its `worst` says nothing. */
export function isSeen(row: RollUp): boolean {
  return row.countedToMs - row.atMs > row.gapMs;
}
