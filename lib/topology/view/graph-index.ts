import type { TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';

/** Nodes by key, and edges by both of their ends. An edge that names a node which is not there is left out. */
export interface GraphIndex {
  readonly nodes: ReadonlyMap<string, TopologyNode>;
  readonly edges: ReadonlyMap<string, TopologyEdge>;
  readonly out: ReadonlyMap<string, readonly TopologyEdge[]>;
  readonly into: ReadonlyMap<string, readonly TopologyEdge[]>;
}

export function graphIndex(nodes: Iterable<TopologyNode>, edges: Iterable<TopologyEdge>): GraphIndex {
  const byKey = new Map<string, TopologyNode>();
  for (const node of nodes) byKey.set(node.key, node);
  const edgeByKey = new Map<string, TopologyEdge>();
  const out = new Map<string, TopologyEdge[]>();
  const into = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    if (!byKey.has(edge.from) || !byKey.has(edge.to)) continue;
    edgeByKey.set(edge.key, edge);
    push(out, edge.from, edge);
    push(into, edge.to, edge);
  }
  return { nodes: byKey, edges: edgeByKey, out, into };
}

const none: readonly TopologyEdge[] = [];

export const edgesOut = (index: GraphIndex, key: string): readonly TopologyEdge[] => index.out.get(key) ?? none;
export const edgesInto = (index: GraphIndex, key: string): readonly TopologyEdge[] => index.into.get(key) ?? none;

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
