import type { TopologyEdge } from '@/lib/topology/topology-body';

/** Errors from which on an edge is not well, as a part of 1. */
const WARNING_FROM = 0.01;
const CRITICAL_FROM = 0.05;

/** What is drawn of an edge, or of several as one. */
export interface EdgeSummary {
  readonly tone: 'quiet' | 'warning' | 'critical' | 'denied';
  /** Traffic was counted on it. */
  readonly isObserved: boolean;
  /** What counts traffic does not answer: the figures are old. */
  readonly isOld: boolean;
  readonly ratePerSecond: number | null;
  readonly errorRatio: number | null;
  /** Percent; of one edge alone. */
  readonly share: number | null;
  /** Where it is one that is gone over to, its place in the order; of one edge alone. */
  readonly order: number | null;
  readonly mark: 'undeclared' | 'unseen' | null;
  readonly count: number;
}

export function summaryOf(edges: readonly TopologyEdge[]): EdgeSummary {
  let rate: number | null = null;
  let failures = 0;
  let counted = 0;
  for (const { ratePerSecond, errorRatio } of edges) {
    if (ratePerSecond === null) continue;
    rate = (rate ?? 0) + ratePerSecond;
    if (errorRatio === null) continue;
    counted += ratePerSecond;
    failures += ratePerSecond * errorRatio;
  }
  const errorRatio = counted > 0 ? failures / counted : null;
  const [only] = edges.length === 1 ? edges : [];
  return {
    tone: toneOf(edges, errorRatio),
    isObserved: edges.some(({ observedAt }) => observedAt !== null),
    isOld: edges.some(({ isObservedOld }) => isObservedOld),
    ratePerSecond: rate,
    errorRatio,
    share: only?.share ?? null,
    order: only?.order ?? null,
    mark: only?.mark ?? null,
    count: edges.length,
  };
}

function toneOf(edges: readonly TopologyEdge[], errorRatio: number | null): EdgeSummary['tone'] {
  if (edges.length > 0 && edges.every(({ allowed }) => allowed === false)) return 'denied';
  if (errorRatio !== null && errorRatio >= CRITICAL_FROM) return 'critical';
  if (errorRatio !== null && errorRatio >= WARNING_FROM) return 'warning';
  return 'quiet';
}

/** Strokes in px: a hundred times the requests is not a hundred times the width. */
export const strokeOf = (ratePerSecond: number | null): number =>
  ratePerSecond === null ? 1.3 : 1.3 + Math.min(1.7, Math.log10(1 + ratePerSecond) * 0.45);
