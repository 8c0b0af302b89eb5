import type { DiffLine } from './line-diff';

/** A line of a diff, or so many equal ones that are not shown. */
export type FoldedLine = DiffLine | { readonly folded: number };

/** Equal lines that are kept on each side of a change. */
const KEPT = 4;
/** Fewer are not worth a fold. */
const LEAST_FOLDED = 4;

const isEqual = ({ before, after }: DiffLine): boolean => before === after;

/** The lines near what changes, long runs of equal ones counted in their place. */
export function foldedDiff(rows: readonly DiffLine[]): FoldedLine[] {
  const near = rows.map((_, at) => rows.slice(Math.max(0, at - KEPT), at + KEPT + 1).some((row) => !isEqual(row)));
  const folded: FoldedLine[] = [];
  for (let at = 0; at < rows.length; ) {
    let end = at;
    while (end < rows.length && !near[end]) end += 1;
    if (end - at >= LEAST_FOLDED) {
      folded.push({ folded: end - at });
      at = end;
    } else {
      const stop = Math.max(end, at + 1);
      folded.push(...rows.slice(at, stop));
      at = stop;
    }
  }
  return folded;
}
