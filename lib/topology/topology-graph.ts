import type { TopologyBody, TopologyEdge, TopologyNode } from './topology-body';

/** A body to walk about in. Build it once a body: it costs one look at every record. */
export interface TopologyGraph {
  readonly nodes: ReadonlyMap<string, TopologyNode>;
  /** Edges that go out of a node. */
  out(node: string): readonly TopologyEdge[];
  /** Edges that come into a node. */
  in(node: string): readonly TopologyEdge[];
  /** Datacenters that Lictor is not in touch with. */
  readonly lost: ReadonlySet<string>;
  /** Median round trip, ms; null: not known, and 0 within one. */
  roundTripMs(from: string, to: string): number | null;
}

const NONE: readonly TopologyEdge[] = [];

export function topologyGraph({
  nodes,
  edges,
  datacenters,
}: Omit<TopologyBody, 'epoch' | 'seq' | 'at'>): TopologyGraph {
  const out = new Map<string, TopologyEdge[]>();
  const into = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    push(out, edge.from, edge);
    push(into, edge.to, edge);
  }
  const roundTrips = new Map(datacenters.map(({ name, roundTripMs }) => [name, roundTripMs]));
  const isLost = ({ freshness: { state } }: TopologyBody['datacenters'][number]) =>
    state === 'lost' || state === 'denied';
  return {
    nodes: new Map(nodes.map((node) => [node.key, node])),
    out: (node) => out.get(node) ?? NONE,
    in: (node) => into.get(node) ?? NONE,
    lost: new Set(datacenters.filter(isLost).map(({ name }) => name)),
    roundTripMs: (from, to) => {
      if (from === to) return 0;
      return ownNumber(roundTrips.get(from), to) ?? ownNumber(roundTrips.get(to), from);
    },
  };
}

const ownNumber = (numbers: Readonly<Record<string, number>> | undefined, name: string): number | null =>
  numbers && Object.hasOwn(numbers, name) ? (numbers[name] ?? null) : null;

function push(groups: Map<string, TopologyEdge[]>, key: string, edge: TopologyEdge): void {
  const group = groups.get(key);
  if (group) group.push(edge);
  else groups.set(key, [edge]);
}
