import type { TopologyBody, TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import type { DrawnGraph } from '@/lib/topology/view/drawn';
import { type EdgeSummary, summaryOf } from '@/lib/topology/view/edge-summary';
import { type Tally, tallyOf } from '@/lib/topology/view/tally';

/**
 * How everything that is drawn fares, apart from where it stands: who draws one thing hears of that thing alone, so that a status that flips is one shape drawn anew,
 * at once, and nothing is laid out.
 */
export class GraphRecords {
  #nodes = new Map<string, TopologyNode>();
  #edges = new Map<string, TopologyEdge>();
  #lastNodes: readonly TopologyNode[] | null = null;
  #lastEdges: readonly TopologyEdge[] | null = null;
  #graph: DrawnGraph | null = null;
  /** By the key of a record, the id of what stands for it and others. */
  #ownerOf = new Map<string, string>();
  readonly #tallies = new Map<string, Tally>();
  readonly #summaries = new Map<string, EdgeSummary>();
  readonly #listeners = new Map<string, Set<() => void>>();

  node(key: string): TopologyNode | undefined {
    return this.#nodes.get(key);
  }

  /** Of a group or a rest, by its id. */
  tally(id: string): Tally {
    const known = this.#tallies.get(id);
    if (known) return known;
    const members = this.#graph?.nodes.get(id)?.members ?? [];
    const tally = tallyOf(members.flatMap((key) => this.#nodes.get(key) ?? []));
    this.#tallies.set(id, tally);
    return tally;
  }

  /** Of an edge that is drawn, by its id. */
  summary(id: string): EdgeSummary {
    const known = this.#summaries.get(id);
    if (known) return known;
    const members = this.#graph?.edges.get(id)?.edges ?? [id];
    const summary = summaryOf(members.flatMap((key) => this.#edges.get(key) ?? []));
    this.#summaries.set(id, summary);
    return summary;
  }

  /** Takes what is known now; who listens for what is another now is told. */
  put({ nodes, edges }: Pick<TopologyBody, 'nodes' | 'edges'>): void {
    const changed = new Set<string>();
    if (nodes !== this.#lastNodes) this.#nodes = replaced(this.#nodes, nodes, changed);
    if (edges !== this.#lastEdges) this.#edges = replaced(this.#edges, edges, changed);
    this.#lastNodes = nodes;
    this.#lastEdges = edges;
    this.#tell(changed);
  }

  /** Takes what is drawn, by which records are told as one. */
  draw(graph: DrawnGraph): void {
    const before = this.#graph;
    if (graph === before) return;
    this.#graph = graph;
    this.#ownerOf = ownersOf(graph);
    const changed = new Set<string>();
    for (const [id, node] of graph.nodes)
      if (node.kind !== 'service' && before?.nodes.get(id) !== node) changed.add(id);
    for (const [id, edge] of graph.edges) if (before?.edges.get(id) !== edge) changed.add(id);
    this.#tell(changed);
  }

  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  #tell(changed: ReadonlySet<string>): void {
    const told = new Set(changed);
    for (const key of changed) {
      const owner = this.#ownerOf.get(key);
      if (owner !== undefined) told.add(owner);
    }
    for (const id of told) {
      this.#tallies.delete(id);
      this.#summaries.delete(id);
    }
    for (const id of told) for (const listener of this.#listeners.get(id) ?? []) listener();
  }
}

function replaced<T extends { readonly key: string }>(
  before: ReadonlyMap<string, T>,
  records: readonly T[],
  changed: Set<string>,
): Map<string, T> {
  const now = new Map<string, T>();
  for (const record of records) {
    now.set(record.key, record);
    if (before.get(record.key) !== record) changed.add(record.key);
  }
  for (const key of before.keys()) if (!now.has(key)) changed.add(key);
  return now;
}

function ownersOf(graph: DrawnGraph): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { id, kind, members } of graph.nodes.values()) {
    if (kind !== 'service') for (const key of members) owners.set(key, id);
  }
  for (const { id, edges } of graph.edges.values()) for (const key of edges) if (key !== id) owners.set(key, id);
  return owners;
}
