import type { TopologyEdge } from '@/lib/topology/topology-body';
import { summaryOf } from '@/lib/topology/view/edge-summary';

/** What is counted on some edges together, each null where nobody counts it. */
export interface CountedTraffic {
  readonly ratePerSecond: number | null;
  /** As a part of 1, of those requests whose errors are counted. */
  readonly errorRatio: number | null;
  /** The highest of them, ms: percentiles of several edges make none of all. */
  readonly p95Ms: number | null;
  readonly isOld: boolean;
}

export function countedTraffic(edges: readonly TopologyEdge[]): CountedTraffic {
  const { ratePerSecond, errorRatio, isOld } = summaryOf(edges);
  const slowest = Math.max(...edges.map(({ p95Ms }) => p95Ms ?? Number.NEGATIVE_INFINITY));
  return { ratePerSecond, errorRatio, p95Ms: Number.isFinite(slowest) ? slowest : null, isOld };
}
