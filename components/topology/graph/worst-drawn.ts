import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { DrawnGraph } from '@/lib/topology/view/drawn';
import type { GraphRecords } from './graph-records';

/** Where a look at the picture begins: the worst service, or group, that is drawn; null: nothing is. */
export function worstDrawn(graph: DrawnGraph, records: GraphRecords): string | null {
  let worst: string | null = null;
  let worstRank = Number.POSITIVE_INFINITY;
  for (const { id, kind } of graph.nodes.values()) {
    const status = kind === 'service' ? records.node(id)?.status : records.tally(id).status;
    const rank = status === undefined ? SERVICE_SEVERITY.length : SERVICE_SEVERITY.indexOf(status);
    if (rank < worstRank) {
      worst = id;
      worstRank = rank;
    }
  }
  return worst;
}
