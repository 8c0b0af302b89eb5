import { serviceKey } from '@/lib/fleet/keys';
import type { EdgeEvidence, NodeEvidence } from '@/lib/topology/edge-evidence';
import type { PreparedQuery } from '@/server/consul/decode/prepared-queries';

/**
 * What stands in for a service for those who ask for it by a prepared query.
 * @param near other datacenters, the nearest first
 */
export function queryEdges(
  dc: string,
  queries: readonly PreparedQuery[],
  near: readonly string[],
  seenAtMs: number,
): { readonly edges: EdgeEvidence[]; readonly nodes: NodeEvidence[] } {
  const edges: EdgeEvidence[] = [];
  const nodes = new Map<string, NodeEvidence>();
  for (const query of queries.filter(isFailover)) {
    const from = serviceKey(dc, query.service);
    const places = [...new Set([...near.slice(0, query.nearest), ...query.datacenters])].filter(
      (place) => place !== dc,
    );
    const name = query.name || query.id;
    for (const [index, place] of places.entries()) {
      const detail = `For those who ask for it by the prepared query ${name}.`;
      const said = { kind: 'failover', source: `prepared query ${name}`, seenAtMs, order: index + 1, detail } as const;
      edges.push({ ...said, from, to: serviceKey(place, query.service) });
    }
    if (places.length > 0 && !nodes.has(from)) nodes.set(from, { key: from, failover: places });
  }
  return { edges, nodes: [...nodes.values()] };
}

const isFailover = ({ isTemplate, nearest, datacenters }: PreparedQuery): boolean =>
  !isTemplate && (nearest > 0 || datacenters.length > 0);
