import { isNeed, isThroughMesh } from './dependence';
import { healthyInstances, type StandIn, standInsOf } from './stand-ins';
import type { TopologyNode } from './topology-body';
import type { TopologyGraph } from './topology-graph';

/** A service that somewhere else would go on serving. */
export interface Switch {
  readonly key: string;
  /** What serves it as things are; itself, or what stands in for it already. */
  readonly servedBy: string;
  /** What would serve it; its round trip is the longest from one of the callers' datacenters. */
  readonly to: StandIn;
  /** Keys of callers outside the lost datacenter, sorted. */
  readonly callers: readonly string[];
}

export interface Failure {
  readonly key: string;
  /** `gone`: all that serves it is lost, and nothing stands in. `needs`: it runs on, but needs one that fails. */
  readonly reason: 'gone' | 'needs';
  /** Of `needs`: what it needs first; else null. */
  readonly via: string | null;
  /** Keys of its own callers outside the lost datacenter, sorted. */
  readonly callers: readonly string[];
}

export interface LossDrill {
  readonly dc: string;
  readonly switches: readonly Switch[];
  /** Those outside first, then those of the lost datacenter; each sorted by key. */
  readonly failures: readonly Failure[];
  /** Keys of services outside that go on as they are, sorted. */
  readonly unaffected: readonly string[];
  /** Keys of those outside that do not serve as things are, whatever is lost, sorted. */
  readonly downAlready: readonly string[];
}

/**
 * What a datacenter's loss would do, by what is configured and healthy now: its services switch to what stands in for them or are gone, those outside that need
 * what is gone fail with it, and the others do not care. Calls that come from within the lost datacenter are lost with it and count for nothing.
 */
export function lossDrill(graph: TopologyGraph, dc: string): LossDrill {
  const nodes = [...graph.nodes.values()].filter(({ kind }) => kind !== 'any').sort((a, b) => (a.key < b.key ? -1 : 1));
  const switches: Switch[] = [];
  const gone = new Set<string>();
  const down = new Set<string>();
  for (const node of nodes) {
    const isOutside = isOutsideConsul(graph, node);
    const before = isOutside ? node.key : serverOf(graph, node, null);
    const after = isOutside && node.dc !== dc ? node.key : serverOf(graph, node, dc);
    const callers = callersOutside(graph, node.key, dc);
    if (before === null) down.add(node.key);
    else if (after === null) gone.add(node.key);
    else if (after !== before) switches.push(switchOf(graph, node, before, after, callers, dc));
  }
  const failing = failuresOf(graph, gone, down, switches, dc);
  const failures = [...gone, ...failing.keys()].map((key): Failure => {
    const via = failing.get(key) ?? null;
    return { key, reason: via === null ? 'gone' : 'needs', via, callers: callersOutside(graph, key, dc) };
  });
  const isLost = (key: string) => graph.nodes.get(key)?.dc === dc;
  failures.sort((a, b) => Number(isLost(a.key)) - Number(isLost(b.key)) || (a.key < b.key ? -1 : 1));
  const counted = new Set([...failures.map(({ key }) => key), ...switches.map(({ key }) => key), ...down]);
  const outside = nodes.filter((node) => node.dc !== dc).map(({ key }) => key);
  return {
    dc,
    switches: switches.filter(({ key }) => !failing.has(key)),
    failures,
    unaffected: outside.filter((key) => !counted.has(key)),
    downAlready: outside.filter((key) => down.has(key)),
  };
}

/**
 * Nobody reads the health of what Consul does not list: a database, or a caller that only traffic or a document names, is there as long as its datacenter is. A
 * service that is called and not listed does not serve.
 */
function isOutsideConsul(graph: TopologyGraph, { key, kind, instances }: TopologyNode): boolean {
  if (instances > 0 || kind === 'service') return false;
  return kind !== 'absent' || !graph.in(key).some(isNeed);
}

/** The key of what serves a service: itself, else the first that stands in; null: nothing does. */
function serverOf(graph: TopologyGraph, node: TopologyNode, lost: string | null): string | null {
  // What is lost to Lictor may serve all the same: as things are it is taken for what it was.
  if (node.dc !== lost && healthyInstances(node) > 0) return node.key;
  return standInsOf(graph, node.key, lost).find(({ canServe }) => canServe)?.key ?? null;
}

function switchOf(
  graph: TopologyGraph,
  node: TopologyNode,
  servedBy: string,
  after: string,
  callers: readonly string[],
  lost: string,
): Switch {
  const places = [...new Set(callers.map((key) => graph.nodes.get(key)?.dc ?? ''))];
  const from = places.length > 0 ? places : node.dc === lost ? [] : [node.dc];
  const [first, ...others] = from.length === 0 ? [null] : from;
  const find = (place: string | null) => standInsOf(graph, node.key, lost, place).find(({ key }) => key === after);
  const to = find(first ?? null) as StandIn;
  const trips = [first === null ? null : to.roundTripMs, ...others.map((place) => find(place)?.roundTripMs ?? null)];
  const known = trips.filter((ms) => ms !== null && ms !== undefined);
  return {
    key: node.key,
    servedBy,
    to: { ...to, roundTripMs: known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b)) },
    callers,
  };
}

/** Those outside that need what is gone, and what each of them needs first. A switch helps only who calls through the mesh. */
function failuresOf(
  graph: TopologyGraph,
  gone: ReadonlySet<string>,
  down: ReadonlySet<string>,
  switches: readonly Switch[],
  dc: string,
) {
  const failing = new Map<string, string>();
  const lostSwitches = new Set(switches.filter(({ key }) => graph.nodes.get(key)?.dc === dc).map(({ key }) => key));
  const front = [...gone, ...lostSwitches].sort();
  for (const key of front) {
    for (const edge of graph.in(key).filter(isNeed)) {
      const { from } = edge;
      const isTold = gone.has(from) || down.has(from) || failing.has(from);
      if (isTold || graph.nodes.get(from)?.dc === dc || (lostSwitches.has(key) && isThroughMesh(edge))) continue;
      failing.set(from, key);
      front.push(from);
    }
  }
  return failing;
}

function callersOutside(graph: TopologyGraph, key: string, dc: string): string[] {
  const outside = graph.in(key).filter((edge) => isNeed(edge) && edge.from !== key);
  return [...new Set(outside.map(({ from }) => from))].filter((from) => graph.nodes.get(from)?.dc !== dc).sort();
}
