import { serviceKey } from '@/lib/fleet/keys';
import { type CompiledChain, chainNode } from '@/lib/release/mesh/compiled-chain';
import type { ConfiguredPart } from './configured/configured-part';
import type { EdgeEvidence } from './edge-evidence';

/**
 * What Consul made of all entries of a service, as seen from one datacenter: where its traffic goes on to, in which shares, and what stands in for each of these.
 * @param seenAtMs when it was read, ms since 1970
 */
export function chainEdges(dc: string, service: string, chain: CompiledChain, seenAtMs: number): ConfiguredPart {
  const from = serviceKey(dc, service);
  const source = `discovery chain of ${service}`;
  const keyOf = (target: string): string | null => {
    const found = chain.Targets[target];
    return found ? serviceKey(found.Datacenter || dc, found.Service) : null;
  };
  const edges = new Map<string, EdgeEvidence>();
  const add = (edge: EdgeEvidence) => {
    const key = `${edge.kind} ${edge.from} ${edge.to}`;
    const before = edges.get(key);
    if (!before || (edge.order ?? 0) < (before.order ?? 0)) edges.set(key, edge);
  };
  const shares = sharesOf(chain, service, keyOf);
  const datacenters: string[] = [];
  for (const { Resolver } of Object.values(chain.Nodes)) {
    const primary = Resolver ? keyOf(Resolver.Target) : null;
    if (!Resolver || primary === null) continue;
    if (primary !== from)
      add({ from, to: primary, kind: 'route', source, seenAtMs, share: shares.get(primary) ?? null });
    for (const [index, target] of (Resolver.Failover?.Targets ?? []).entries()) {
      const to = keyOf(target);
      if (to === null || to === primary) continue;
      add({ from: primary, to, kind: 'failover', source, seenAtMs, order: index + 1 });
      const place = chain.Targets[target]?.Datacenter ?? '';
      const isOwn = primary === from && to === serviceKey(place, service);
      if (isOwn && !datacenters.includes(place)) datacenters.push(place);
    }
  }
  return { edges: [...edges.values()], nodes: datacenters.length === 0 ? [] : [{ key: from, failover: datacenters }] };
}

/** Percent by the key of what gets it; empty where nothing is divided. */
function sharesOf(chain: CompiledChain, service: string, keyOf: (target: string) => string | null) {
  const shares = new Map<string, number>();
  for (const { Weight, NextNode } of chainNode(chain, 'splitter', service)?.Splits ?? []) {
    const target = chain.Nodes[NextNode]?.Resolver?.Target;
    const key = target === undefined ? null : keyOf(target);
    if (key !== null) shares.set(key, Math.round(((shares.get(key) ?? 0) + Weight) * 100) / 100);
  }
  return shares;
}
