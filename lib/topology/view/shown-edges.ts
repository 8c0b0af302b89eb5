import type { TopologyEdge } from '@/lib/topology/topology-body';

/** Which edges are drawn: those whose traffic was counted, those that something declares, or both. */
export const edgesShown = ['all', 'observed', 'declared'] as const;
export type EdgesShown = (typeof edgesShown)[number];

export function isShownEdge({ kinds, observedAt }: TopologyEdge, shown: EdgesShown): boolean {
  if (shown === 'observed') return observedAt !== null;
  if (shown === 'declared') return kinds.some((kind) => kind !== 'observed');
  return true;
}
