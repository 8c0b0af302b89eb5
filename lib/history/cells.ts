import { type Span, unseenMs } from './gap-time';
import { type RollUp, type StatusTally, type Tier, tierMs } from './roll-up';
import { countOn, emptyRow, isSeen } from './roll-up-counter';
import { addTallies, noTally, scaleTally, tallyTotal } from './tally';

/** A piece of a scope's past, of any length: roll-ups and single changes alike become these, and these become the buckets of a timeline. */
export interface Cell {
  readonly fromMs: number;
  readonly toMs: number;
  /** Its worst moment that was seen; null: none was. */
  readonly worst: StatusTally | null;
  /** Instance-ms in each status, of what was seen. */
  readonly instanceMs: StatusTally;
  /** How much of it lies in gaps, ms. */
  readonly unseenMs: number;
  /** The same in instance-ms, of the instances that were there when last seen. */
  readonly unseenInstanceMs: number;
}

/**
 * Cells of the width of a tier, from roll-ups.
 *
 * @param fromMs start of a bucket of the tier
 * @param gaps of the datacenter, in order, without overlap
 */
export function cellsOfRows(
  { before, rows }: { readonly before: RollUp | null; readonly rows: readonly RollUp[] },
  tier: Tier,
  gaps: readonly Span[],
  fromMs: number,
  toMs: number,
): Cell[] {
  const cells: Cell[] = [];
  let last = before?.last ?? null;
  let at = 0;
  for (let startMs = fromMs; startMs < toMs; startMs += tierMs[tier]) {
    while (at < rows.length && (rows[at] as RollUp).atMs < startMs) at += 1;
    const stored = rows[at]?.atMs === startMs ? rows[at] : undefined;
    if (!stored && last === null) continue;
    const endMs = Math.min(startMs + tierMs[tier], toMs);
    const begun: RollUp = stored ?? emptyRow(startMs, last ?? noTally);
    const row = begun.countedToMs < endMs ? countOn(begun, endMs, gaps) : begun;
    cells.push({
      ...{ fromMs: startMs, toMs: endMs },
      ...{ worst: isSeen(row) ? row.worst : null, instanceMs: row.instanceMs, unseenMs: row.gapMs },
      // What is before a scope's first moment is no gap.
      unseenInstanceMs: unseenMs(gaps, startMs, endMs) * tallyTotal(last ?? row.last),
    });
    last = row.last;
  }
  return cells;
}

/** From `atMs` on, until the next one. */
export interface TallyStep {
  readonly atMs: number;
  readonly tally: StatusTally;
}

/**
 * Cells between changes, none of which crosses a multiple of `stepMs`.
 *
 * @param steps in order, each at another moment
 * @param gaps of the datacenter, in order, without overlap
 */
export function cellsOfSteps(steps: readonly TallyStep[], gaps: readonly Span[], toMs: number, stepMs: number): Cell[] {
  return steps.flatMap(({ atMs, tally }, at) => {
    const cells: Cell[] = [];
    const untilMs = Math.min(steps[at + 1]?.atMs ?? toMs, toMs);
    for (let fromMs = atMs; fromMs < untilMs; ) {
      const endMs = Math.min((Math.floor(fromMs / stepMs) + 1) * stepMs, untilMs);
      const unseen = unseenMs(gaps, fromMs, endMs);
      const seen = endMs - fromMs - unseen;
      cells.push({
        ...{ fromMs, toMs: endMs, worst: seen > 0 ? tally : null, instanceMs: scaleTally(tally, seen) },
        ...{ unseenMs: unseen, unseenInstanceMs: tallyTotal(tally) * unseen },
      });
      fromMs = endMs;
    }
    return cells;
  });
}

/** What cells say of their whole time. */
export function sumCells(cells: readonly Cell[]): {
  readonly instanceMs: StatusTally;
  readonly unseenInstanceMs: number;
} {
  let instanceMs = noTally;
  let unseenInstanceMs = 0;
  for (const cell of cells) {
    instanceMs = addTallies(instanceMs, cell.instanceMs);
    unseenInstanceMs += cell.unseenInstanceMs;
  }
  return { instanceMs, unseenInstanceMs };
}
