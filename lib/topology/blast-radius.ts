import { isNeed, isThroughMesh } from './dependence';
import { type StandIn, standInsOf } from './stand-ins';
import type { TopologyEdge } from './topology-body';
import type { TopologyGraph } from './topology-graph';

/** A service that another one's stop reaches, or that it needs. */
export interface Reached {
  readonly key: string;
  /** Calls between the two, from 1. */
  readonly hops: number;
  /** The next on the shortest way to the service in question. */
  readonly via: string;
  /** Of its own call on that way, requests a second; null: nobody counts it. */
  readonly ratePerSecond: number | null;
  /** Every way to it goes through the mesh by a call that a stand-in could serve now. */
  readonly isCovered: boolean;
}

export interface BlastRadius {
  readonly key: string;
  /** By hops, then by key; the service itself is not among them, though it may be reached in a circle. */
  readonly dependants: readonly Reached[];
  /** Of dependants, sorted. */
  readonly datacenters: readonly string[];
  /** Keys of dependants that nothing calls: where requests come in. */
  readonly entrances: readonly string[];
  /** Requests a second from entrances to what is reached; null: nobody counts any. */
  readonly entranceRatePerSecond: number | null;
  /** Requests a second to the service itself, without its own to itself; null: nobody counts any. */
  readonly ratePerSecond: number | null;
  /** What could serve in its place, in order. */
  readonly standIns: readonly StandIn[];
  /** The first of them that can now; null: none. */
  readonly standsIn: StandIn | null;
}

/**
 * What depends on a service, transitively, if it stops: by calls that are declared or were observed, and by routes.
 *
 * Only the stopped one's own failover is of any help: a caller of it stays healthy for Consul, so nothing stands in for that one, however broken its answers are.
 */
export function blastRadius(graph: TopologyGraph, key: string): BlastRadius {
  const standIns = standInsOf(graph, key);
  const standsIn = standIns.find(({ canServe }) => canServe) ?? null;
  const into = (node: string) => graph.in(node).filter(isNeed);
  const all = reach(key, into, 'from');
  const notCovered = standsIn
    ? reach(key, (node) => (node === key ? into(node).filter((edge) => !isThroughMesh(edge)) : into(node)), 'from')
    : all;
  const dependants = [...all.values()].map((one) => ({ ...one, isCovered: !notCovered.has(one.key) })).sort(byHops);
  const entrances = dependants.filter((one) => into(one.key).every(({ from }) => from === one.key));
  const isReached = (node: string) => node === key || all.has(node);
  return {
    key,
    dependants,
    datacenters: [...new Set(dependants.map((one) => graph.nodes.get(one.key)?.dc ?? ''))].sort(),
    entrances: entrances.map((one) => one.key),
    entranceRatePerSecond: rateOf(
      entrances.flatMap((one) =>
        graph.out(one.key).filter((edge) => isNeed(edge) && edge.to !== one.key && isReached(edge.to)),
      ),
    ),
    ratePerSecond: rateOf(into(key).filter(({ from }) => from !== key)),
    standIns,
    standsIn,
  };
}

/** What a service needs, transitively. `isCovered`: what it needs has a stand-in that could serve now, and it is called through the mesh. */
export function needsOf(graph: TopologyGraph, key: string): readonly Reached[] {
  const out = (node: string) => graph.out(node).filter(isNeed);
  return [...reach(key, out, 'to').values()]
    .map((one) => {
      const callers = graph.in(one.key).filter(({ from }) => from === one.via);
      const isCovered = callers.every(isThroughMesh) && standInsOf(graph, one.key).some(({ canServe }) => canServe);
      return { ...one, isCovered };
    })
    .sort(byHops);
}

/** The shortest ways, in breadth: of two as short the one by the key that sorts first. A circle ends where it was before. */
function reach(start: string, edgesAt: (node: string) => readonly TopologyEdge[], end: 'from' | 'to') {
  const reached = new Map<string, Omit<Reached, 'isCovered'>>();
  let front = [start];
  for (let hops = 1; front.length > 0; hops += 1) {
    const next: string[] = [];
    for (const via of front) {
      for (const edge of edgesAt(via)) {
        const key = edge[end];
        if (key === start || reached.has(key)) continue;
        reached.set(key, { key, hops, via, ratePerSecond: edge.ratePerSecond });
        next.push(key);
      }
    }
    front = next.sort();
  }
  return reached;
}

function rateOf(edges: readonly TopologyEdge[]): number | null {
  const rates = edges.flatMap(({ ratePerSecond }) => (ratePerSecond === null ? [] : [ratePerSecond]));
  return rates.length === 0 ? null : rates.reduce((a, b) => a + b, 0);
}

const byHops = (a: Reached, b: Reached): number => a.hops - b.hops || (a.key < b.key ? -1 : 1);
