import type { AlertBody } from '@/lib/alerts/alert-body';
import { isFlapStatus, worsening } from '@/lib/flapping/flap-transition';

type Transitions = NonNullable<AlertBody['flap']>['transitions'];

/** How long it took from each recovery to the next, ms, in order. A recovery is a change for the better after one for the worse. */
export function recoveryGaps(transitions: Transitions): number[] {
  const gaps: number[] = [];
  let fell = false;
  let lastMs: number | null = null;
  for (const { at, from, to } of transitions) {
    if (!isFlapStatus(from) || !isFlapStatus(to)) continue;
    const worse = worsening(from, to);
    if (worse > 0) fell = true;
    if (worse >= 0 || !fell) continue;
    const atMs = Date.parse(at);
    if (lastMs !== null) gaps.push(atMs - lastMs);
    lastMs = atMs;
    fell = false;
  }
  return gaps;
}

export interface GapBin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const BINS = 15;

/** How many gaps are how long, in bins of one width around the period; those that are longer than twice of it are in the last. */
export function gapBins(gaps: readonly number[], periodMs: number): GapBin[] {
  const widthMs = (2 * periodMs) / BINS;
  if (!(widthMs > 0)) return [];
  const counts = new Array<number>(BINS).fill(0);
  for (const gap of gaps) {
    const at = Math.min(BINS - 1, Math.max(0, Math.floor(gap / widthMs)));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count, at) => ({ fromMs: at * widthMs, toMs: (at + 1) * widthMs, count }));
}

/** What is taken for the period: as far as a quarter of it around. */
export function withinPeriod(
  gaps: readonly number[],
  periodMs: number,
): { count: number; fromMs: number; toMs: number } {
  const near = gaps.filter((gap) => Math.abs(gap - periodMs) <= periodMs / 4);
  return { count: near.length, fromMs: Math.min(...near, periodMs), toMs: Math.max(...near, periodMs) };
}
