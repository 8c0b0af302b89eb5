import type { FleetBody, ServiceRecord } from '@/lib/fleet/model';
import type { NodeEvidence } from './edge-evidence';
import { type EdgeFacts, isAny, NO_FACTS } from './edge-facts';
import { edgeEnds } from './edge-key';
import { edgeMark } from './edge-marks';
import { groupedBy } from './grouped-by';
import { mergeNode } from './merge-node';
import { type RecordedEdge, readEdgeRecord } from './recorded-edge';
import type { TopologyBody, TopologyEdge } from './topology-body';

/** A transition of kind `edge`, as far as it is folded. */
export interface EdgeTransition {
  /** The edge's key. */
  readonly item: string | null;
  /** A text of `edgeRecord`; null: the edge is gone. */
  readonly to: string | null;
}

/** Edges of a past moment: all transitions up to it in their order, put upon what was before them. Nothing of `before` is changed. */
export function foldEdgeTransitions(
  before: ReadonlyMap<string, RecordedEdge>,
  transitions: Iterable<EdgeTransition>,
): ReadonlyMap<string, RecordedEdge> {
  const edges = new Map(before);
  for (const { item, to } of transitions) {
    if (item === null || !item.includes('>')) continue;
    const edge = to === null ? null : readEdgeRecord(to);
    if (edge) edges.set(item, edge);
    else edges.delete(item);
  }
  return edges;
}

/**
 * The topology of a past moment. What was not recorded is not known: figures of traffic, shares of versions, sources, round trips.
 * @param fleet as it was then
 * @param sidecars keys of services that are known for sidecars of others, and so no nodes
 */
export function pastTopology(
  fleet: Pick<FleetBody, 'epoch' | 'seq' | 'at' | 'datacenters'>,
  edges: ReadonlyMap<string, RecordedEdge>,
  sidecars: ReadonlySet<string>,
): TopologyBody {
  const services = new Map<string, ServiceRecord>();
  for (const { services: all } of fleet.datacenters) for (const one of all) services.set(one.key, one);
  const shown = [...edges].filter(([key]) => !edgeEnds(key).some((end) => sidecars.has(end)));
  const graph = markedGraph(shown);
  const evidence = groupedBy([...shown.flatMap(kindEvidence), ...failoverEvidence(shown)], ({ key }) => key);
  const named = shown.flatMap(([key]) => edgeEnds(key));
  const listed = [...services.keys()].filter((key) => !sidecars.has(key) && !isSidecarByName(key, services));
  const keys = [...new Set([...listed, ...named])].sort();
  const { epoch, seq, at } = fleet;
  return {
    ...{ epoch, seq, at },
    datacenters: fleet.datacenters.map(({ name, freshness }) => ({ name, freshness, roundTripMs: {} })),
    nodes: keys.map((key) => {
      const record = services.get(key);
      return mergeNode(key, record ? { record, meta: {} } : null, evidence.get(key) ?? []);
    }),
    edges: shown
      .map(([key, edge]) => pastEdge(key, edge, edgeMark(graph, key)))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    sources: [],
    switches: [],
  };
}

const SIDECAR = '-sidecar-proxy';

/** Who was whose sidecar then is not recorded; Consul names one so where nobody names it (`sidecar_service` of a registration). */
const isSidecarByName = (key: string, services: ReadonlyMap<string, unknown>): boolean =>
  key.endsWith(SIDECAR) && services.has(key.slice(0, -SIDECAR.length));

function pastEdge(key: string, { kinds, allowed, share, order }: RecordedEdge, mark: TopologyEdge['mark']) {
  const [from, to] = edgeEnds(key);
  const uncounted = { ratePerSecond: null, errorRatio: null, p95Ms: null, observedAt: null, isObservedOld: false };
  return { ...{ key, from, to, kinds: [...kinds], allowed, share, order, ...uncounted, mark }, sources: [] };
}

function kindEvidence([key, { ends }]: readonly [string, RecordedEdge]): NodeEvidence[] {
  return edgeEnds(key).flatMap((end, index) => {
    const kind = ends[index];
    return kind ? [{ key: end, kind }] : [];
  });
}

function failoverEvidence(edges: readonly (readonly [string, RecordedEdge])[]): NodeEvidence[] {
  const standIns = edges
    .filter(([, { kinds }]) => kinds.includes('failover'))
    .map(([key, { order }]) => ({ ends: edgeEnds(key), order: order ?? Number.MAX_SAFE_INTEGER }))
    .filter(({ ends: [from, to] }) => nameIn(from) === nameIn(to))
    .sort((a, b) => a.order - b.order);
  return [...groupedBy(standIns, ({ ends: [from] }) => from)].map(([key, all]) => {
    return { key, failover: all.map(({ ends: [, to] }) => decodeURIComponent(to.slice(0, to.indexOf('/')))) };
  });
}

const nameIn = (key: string): string => key.slice(key.indexOf('/') + 1);

function markedGraph(edges: readonly (readonly [string, RecordedEdge])[]) {
  const keys = edges.map(([key]) => key);
  const none: ReadonlySet<string> = new Set();
  const out = new Map([...groupedBy(keys, (key) => edgeEnds(key)[0])].map(([node, all]) => [node, new Set(all)]));
  const into = new Map([...groupedBy(keys, (key) => edgeEnds(key)[1])].map(([node, all]) => [node, new Set(all)]));
  const facts = new Map(edges.map(([key, edge]) => [key, factsOf(key, edge)]));
  const counted = new Set(edges.filter(([, { kinds }]) => kinds.includes('observed')).map(([key]) => edgeEnds(key)[1]));
  return {
    isCountedAt: (node: string) => counted.has(node),
    out: (node: string) => out.get(node) ?? none,
    in: (node: string) => into.get(node) ?? none,
    factsOf: (key: string) => facts.get(key) ?? NO_FACTS,
  };
}

function factsOf(key: string, { kinds, allowed }: RecordedEdge): EdgeFacts {
  const has = (...some: readonly string[]) => kinds.some((kind) => some.includes(kind));
  const isIntention = has('intention');
  return {
    isExpected: has('upstream', 'gateway', 'declared'),
    isPermitted: isIntention && allowed === true && !edgeEnds(key).some(isAny),
    isIntention,
    isWay: has('route', 'failover'),
    isCounted: has('observed'),
    isSeen: has('observed'),
  };
}
