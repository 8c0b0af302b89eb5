import type { TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import { isRemarkable, isTroubled } from './importance';

interface Known {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

/**
 * Whether of both the same is drawn, as can be told at a glance: nobody came or went, and nobody changed in what decides whether, where and with whom it is drawn. Most
 * changes of a fleet are such. False may be said too often.
 */
export function drawsTheSame(before: Known, after: Known): boolean {
  return (
    (before.nodes === after.nodes || hasSame(before.nodes, after.nodes, isDrawnAlike)) &&
    (before.edges === after.edges || hasSame(before.edges, after.edges, leadsAlike))
  );
}

function hasSame<T>(before: readonly T[], after: readonly T[], alike: (a: T, b: T) => boolean): boolean {
  return (
    before.length === after.length &&
    after.every((now, at) => {
      const then = before[at];
      return now === then || (then !== undefined && alike(then, now));
    })
  );
}

const isDrawnAlike = (a: TopologyNode, b: TopologyNode): boolean =>
  a.key === b.key &&
  a.kind === b.kind &&
  a.instances === b.instances &&
  isTroubled(a) === isTroubled(b) &&
  isRemarkable(a) === isRemarkable(b) &&
  JSON.stringify([a.tags, a.meta]) === JSON.stringify([b.tags, b.meta]);

const isDeclared = ({ kinds }: TopologyEdge): boolean => kinds.some((kind) => kind !== 'observed');

const leadsAlike = (a: TopologyEdge, b: TopologyEdge): boolean =>
  a.key === b.key && (a.observedAt === null) === (b.observedAt === null) && isDeclared(a) === isDeclared(b);
