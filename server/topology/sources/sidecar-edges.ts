import { serviceKey } from '@/lib/fleet/keys';
import type { ObservedProxy, ObservedUpstream } from '@/lib/fleet/observation';
import { tenantName } from '@/lib/topology/configured/configured-part';
import type { EdgeEvidence, NodeEvidence } from '@/lib/topology/edge-evidence';

/** What the instances of one proxy, or of one gateway, are registered with. */
export interface ProxiesSaid {
  readonly edges: readonly EdgeEvidence[];
  readonly nodes: readonly NodeEvidence[];
  /** Names of prepared queries that upstreams lead to. */
  readonly queries: ReadonlySet<string>;
  /** Of these it is not known where they lead to. */
  readonly unknownQueries: ReadonlySet<string>;
  /** What it calls is not listed, but whatever intentions allow. */
  readonly isTransparent: boolean;
}

interface Tally {
  readonly from: string;
  readonly destination: string;
  readonly to: string;
  readonly query: string | null;
  instances: number;
}

/** @param serviceOfQuery the service that a prepared query leads to; null: not known */
export function sidecarEdges(
  { dc, name }: { readonly dc: string; readonly name: string },
  proxies: Iterable<ObservedProxy>,
  serviceOfQuery: (query: string) => string | null,
  seenAtMs: number,
): ProxiesSaid {
  const key = serviceKey(dc, name);
  const all = [...proxies];
  const instances = new Map<string, number>();
  const tallies = new Map<string, Tally>();
  const queries = new Set<string>();
  const unknownQueries = new Set<string>();
  for (const { destination, upstreams } of all) {
    if (destination === '') continue;
    instances.set(destination, (instances.get(destination) ?? 0) + 1);
    const own = new Map<string, string | null>();
    for (const upstream of upstreams) {
      if (upstream.isQuery) queries.add(upstream.name);
      const to = keyOf(upstream, dc, serviceOfQuery);
      if (to === null && upstream.isQuery) unknownQueries.add(upstream.name);
      // One that is named twice is one all the same.
      if (to !== null) own.set(to, upstream.isQuery ? upstream.name : null);
    }
    for (const [to, query] of own) {
      const edge = `${destination}\n${to}`;
      const tally = tallies.get(edge) ?? { from: serviceKey(dc, destination), destination, to, query, instances: 0 };
      tally.instances += 1;
      tallies.set(edge, tally);
    }
  }
  const edges = [...tallies.values()].map((tally): EdgeEvidence => {
    const of = instances.get(tally.destination) ?? 0;
    const detail = [
      ...(tally.query === null ? [] : [`By the prepared query ${tally.query}.`]),
      ...(tally.instances === of ? [] : [`Of ${tally.instances} of ${of} instances.`]),
    ];
    return {
      ...{ from: tally.from, to: tally.to, kind: 'upstream', seenAtMs },
      source: `sidecar of ${tally.destination} (${of} ${of === 1 ? 'instance' : 'instances'})`,
      detail: detail.length === 0 ? null : detail.join(' '),
    };
  });
  const isTransparent = all.some((proxy) => proxy.isTransparent);
  return { edges, nodes: nodesOf(key, dc, all, instances), queries, unknownQueries, isTransparent };
}

export const isGateway = ({ kind }: ObservedProxy): boolean => kind.endsWith('-gateway');

function nodesOf(
  key: string,
  dc: string,
  proxies: readonly ObservedProxy[],
  instances: ReadonlyMap<string, number>,
): NodeEvidence[] {
  if (proxies.some(isGateway)) return [{ key, kind: 'gateway' }];
  // By one name for several services it would be the sidecar of all of them: it is shown as that of most.
  const [most] = [...instances].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const owner = most && serviceKey(dc, most[0]);
  return owner && owner !== key ? [{ key, sidecarOf: owner }] : [];
}

/** Null: it leads to no service in particular, or it is not known to which. */
function keyOf(
  upstream: ObservedUpstream,
  dc: string,
  serviceOfQuery: (query: string) => string | null,
): string | null {
  // Central defaults are for every upstream.
  if (upstream.name === '' || upstream.name === '*') return null;
  const place = upstream.datacenter || dc;
  if (upstream.isQuery) {
    const service = serviceOfQuery(upstream.name);
    return service === null ? null : serviceKey(place, service);
  }
  const { partition } = upstream;
  const isElsewhere = partition !== '' && partition !== 'default';
  const tenant = isElsewhere ? `${partition}/${upstream.namespace || 'default'}` : upstream.namespace;
  return serviceKey(place, tenantName(upstream.name, tenant, upstream.peer));
}
