import type { EdgeFacts } from './edge-facts';
import { edgeEnds, edgeKey, inDatacenterOf } from './edge-key';
import type { TopologyEdge } from './topology-body';

/** What marks are read off. */
export interface MarkedGraph {
  /** Keys of edges. */
  out(node: string): ReadonlySet<string>;
  in(node: string): ReadonlySet<string>;
  factsOf(edge: string): EdgeFacts;
  /** Traffic of some edge into a node is counted. */
  isCountedAt(node: string): boolean;
}

/** Chains of redirects longer than this are none that Consul compiles. */
const MOST_STEPS = 1_000;

/** Where what is sent to a node may go on to by routes and failover, the node itself among it. */
function waysFrom(graph: MarkedGraph, node: string): Set<string> {
  return closure(node, (at) => steps(graph, graph.out(at), 1));
}

/** From where a node is reached by routes and failover, itself among it. */
function waysTo(graph: MarkedGraph, node: string): Set<string> {
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
  if ([...reached].some((node) => graph.factsOf(edgeKey(from, node)).isSeen)) return null;
  const near = [...reached].filter((node) => isOneDatacenter(node, to));
  return near.some((node) => graph.isCountedAt(node)) ? 'unseen' : null;
}

function isDeclared(graph: MarkedGraph, from: string, to: string, facts: EdgeFacts): boolean {
  if (facts.isExpected || facts.isPermitted) return true;
  // An intention stands in the datacenter of its destination, whatever the caller's is.
  if (graph.factsOf(edgeKey(inDatacenterOf(to, from), to)).isPermitted) return true;
  // A gateway may lead to all services of a datacenter by one word.
  if (graph.factsOf(edgeKey(from, inDatacenterOf(to, '/*'))).isExpected) return true;
  return [...waysTo(graph, to)].some((node) => {
    const lead = graph.factsOf(edgeKey(from, node));
    return lead.isExpected || lead.isPermitted;
  });
}

/** Nodes of which all edges may have another mark: those that go out of them, and those that come in. Many edges have the same ones. */
export interface MarksTouched {
  readonly outOf: Set<string>;
  readonly into: Set<string>;
}

/** Adds to `touched` where marks may change when these facts of an edge do. */
export function touchMarks(
  graph: MarkedGraph,
  edge: string,
  before: EdgeFacts,
  after: EdgeFacts,
  { outOf, into }: MarksTouched,
): void {
  const [from, to] = edgeEnds(edge);
  if (before.isWay !== after.isWay) {
    for (const node of [...waysFrom(graph, to), ...waysTo(graph, from)]) into.add(node);
  }
  const isCall = ({ isExpected, isPermitted, isSeen }: EdgeFacts) => [isExpected, isPermitted, isSeen].join();
  if (isCall(before) !== isCall(after)) outOf.add(from);
  if (before.isCounted !== after.isCounted) for (const node of waysTo(graph, to)) into.add(node);
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
