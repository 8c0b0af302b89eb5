import type { PreparedRow } from './batch-rows';
import type { Known } from './known-record';
import type { Moment } from './roll-up-writer';

/** Folds the rows, and tells how the scopes that they moved stood after each moment. */
export function momentsOf({ fold, tallies }: Known, prepared: readonly PreparedRow[]): Moment[] {
  const moments: Moment[] = [];
  const touched = new Map<string, { dc: number; service: number }>();
  const finish = (atMs: number) => {
    for (const { dc, service } of touched.values())
      moments.push({ dc, service, atMs, after: tallies.tally(dc, service) });
    touched.clear();
  };
  let atMs: number | null = null;
  for (const { row, subject } of prepared) {
    if (atMs !== null && row.at_ms !== atMs) finish(atMs);
    atMs = row.at_ms;
    const move = fold.apply(row, subject);
    if (move === null || move.before === move.after) continue;
    tallies.move(move);
    for (const service of [0, move.service]) touched.set(`${move.dc}/${service}`, { dc: move.dc, service });
  }
  if (atMs !== null) finish(atMs);
  return moments;
}
