import type { EdgeFacts } from './edge-facts';
import { edgeEnds, edgeKey, inDatacenterOf } from './edge-key';
import type { TopologyEdge } from './topology-body';

/** What marks are read off. */
export interface MarkedGraph {
  /** Keys of edges. */
  out(node: string): ReadonlySet<string>;
  in(node: string): ReadonlySet<string>;
  factsOf(edge: string): EdgeFacts;
}

/** Chains of redirects longer than this are none that Consul compiles. */
const MOST_STEPS = 1_000;

/** Where what is sent to a node may go on to by routes and failover, the node itself among it. */
export function waysFrom(graph: MarkedGraph, node: string): Set<string> {
  return closure(node, (at) => steps(graph, graph.out(at), 1));
}

/** From where a node is reached by routes and failover, itself among it. */
export function waysTo(graph: MarkedGraph, node: string): Set<string> {
  return closure(node, (at) => steps(graph, graph.in(at), 0));
}

/**
 * `undeclared`: traffic was seen, and its caller declares neither this nor what leads here by a route or a failover. `unseen`: it is declared, traffic to there is
 * counted, and none from its caller was seen there nor where it is led on to. An intention permits, it promises no traffic.
 */
export function edgeMark(graph: MarkedGraph, edge: string): TopologyEdge['mark'] {
  const [from, to] = edgeEnds(edge);
  const facts = graph.factsOf(edge);
  if (facts.isSeen) return isDeclared(graph, from, to, facts) ? null : 'undeclared';
  if (!facts.isExpected) return null;
  const reached = waysFrom(graph, to);
  const own = [...graph.out(from)].filter((key) => reached.has(edgeEnds(key)[1]));
  if (own.some((key) => graph.factsOf(key).isSeen)) return null;
  const near = [...reached].filter((node) => isOneDatacenter(node, to));
  const isCounted = near.some((node) => [...graph.in(node)].some((key) => graph.factsOf(key).isCounted));
  return isCounted ? 'unseen' : null;
}

function isDeclared(graph: MarkedGraph, from: string, to: string, facts: EdgeFacts): boolean {
  if (facts.isExpected || facts.isPermitted) return true;
  // An intention stands in the datacenter of its destination, whatever the caller's is.
  if (graph.factsOf(edgeKey(inDatacenterOf(to, from), to)).isPermitted) return true;
  const leads = waysTo(graph, to);
  return [...graph.out(from)].some((key) => {
    const other = graph.factsOf(key);
    return (other.isExpected || other.isPermitted) && leads.has(edgeEnds(key)[1]);
  });
}

/** Edges whose mark may change when these facts of an edge do. */
export function marksTouched(graph: MarkedGraph, edge: string, before: EdgeFacts, after: EdgeFacts): Set<string> {
  const touched = new Set<string>();
  const [from, to] = edgeEnds(edge);
  const add = (edges: Iterable<string>) => {
    for (const key of edges) touched.add(key);
  };
  if (before.isWay !== after.isWay) {
    for (const node of [...waysFrom(graph, to), ...waysTo(graph, from)]) add(graph.in(node));
  }
  const isCall = ({ isExpected, isPermitted, isSeen }: EdgeFacts) => [isExpected, isPermitted, isSeen].join();
  if (isCall(before) !== isCall(after)) add(graph.out(from));
  if (before.isCounted !== after.isCounted) for (const node of waysTo(graph, to)) add(graph.in(node));
  return touched;
}

const isOneDatacenter = (a: string, b: string): boolean => inDatacenterOf(a, b) === b;

function steps(graph: MarkedGraph, edges: ReadonlySet<string>, end: 0 | 1): string[] {
  return [...edges].filter((key) => graph.factsOf(key).isWay).map((key) => edgeEnds(key)[end]);
}

function closure(start: string, next: (node: string) => readonly string[]): Set<string> {
  const reached = new Set([start]);
  for (const node of reached) {
    if (reached.size > MOST_STEPS) break;
    for (const other of next(node)) reached.add(other);
  }
  return reached;
}
