import { isSameValue } from '@/lib/alerts/same-value';
import type { TopologyEdge } from './topology-body';

/** So often a time that alone moved is told anew: every poll moves that of every edge, and a picture with ages in it needs no more. */
const LEAST_MS = 30_000;

/** Whether an edge says the same as before, but for when that was seen, and that not much later. */
export function isSameButForTimes(before: TopologyEdge, after: TopologyEdge): boolean {
  if (!isSameValue(timeless(before), timeless(after))) return false;
  const times = [
    [before.observedAt, after.observedAt] as const,
    ...before.sources.map(({ seenAt }, at) => [seenAt, after.sources[at]?.seenAt ?? null] as const),
  ];
  return times.every(([was, is]) => was === is || (was !== null && is !== null && isClose(was, is)));
}

const isClose = (was: string, is: string): boolean => Math.abs(Date.parse(is) - Date.parse(was)) < LEAST_MS;

const timeless = (edge: TopologyEdge) => ({
  ...edge,
  observedAt: null,
  sources: edge.sources.map((source) => ({ ...source, seenAt: null })),
});
