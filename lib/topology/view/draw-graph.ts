import { type DrawnEdge, type DrawnGraph, type DrawnLane, type DrawnNode, groupId, restId } from './drawn';
import type { GraphIndex } from './graph-index';
import { type Grouping, groupOf } from './grouping';
import { withinHops } from './hops';
import { byImportance } from './importance';
import { type EdgesShown, isShownEdge } from './shown-edges';

/** So many services are drawn before the healthy ones are folded away. */
export const DRAWN_AT_MOST = 150;
/** Of a datacenter whose rest was opened, so many: beyond it no picture says anything. */
const OPENED_AT_MOST = 2_000;

export interface DrawOptions {
  /** The chosen datacenter; null: all. */
  readonly dc: string | null;
  readonly edges: EdgesShown;
  readonly hidden: ReadonlySet<string>;
  readonly focus: { readonly key: string; readonly up: number; readonly down: number } | null;
  readonly grouping: Grouping;
  /** Ids of groups and rests that are opened. */
  readonly open: ReadonlySet<string>;
  /** Keys that must be drawn by themselves, whatever is folded: what is chosen and what is found. */
  readonly sought: ReadonlySet<string>;
  /** Keys of services that were drawn by themselves before. */
  readonly drawnBefore: ReadonlySet<string>;
}

/** What is drawn of all that is known. */
export function drawGraph(index: GraphIndex, datacenters: readonly string[], options: DrawOptions): DrawnGraph {
  const wanted = wantedKeys(index, options);
  const nodes = new Map<string, DrawnNode>();
  const idOf = new Map<string, string>();
  const put = (node: DrawnNode) => {
    nodes.set(node.id, node);
    for (const key of node.members) idOf.set(key, node.id);
  };
  const { grouped, single } = groups(index, wanted, options);
  for (const node of grouped) put(node);
  const { shown, rests } = folded(index, single, options);
  for (const node of shown) put(node);
  for (const node of rests) put(node);
  return {
    lanes: lanesOf(index, nodes.values(), options.dc === null ? datacenters : []),
    nodes,
    edges: drawnEdges(index, nodes, idOf, options.edges),
  };
}

function wantedKeys(index: GraphIndex, { dc, hidden, focus }: DrawOptions): string[] {
  const near = focus && index.nodes.has(focus.key) ? withinHops(index, focus.key, focus.up, focus.down) : null;
  const keys = [...(near ? near.keys() : index.nodes.keys())].filter((key) => !hidden.has(key) || key === focus?.key);
  if (dc === null) return keys;
  // What another datacenter has in common with the chosen one is its business.
  const isOf = (key: string): boolean => index.nodes.get(key)?.dc === dc;
  return keys.filter(
    (key) =>
      isOf(key) ||
      index.out.get(key)?.some(({ to }) => isOf(to)) ||
      index.into.get(key)?.some(({ from }) => isOf(from)),
  );
}

function groups(index: GraphIndex, keys: readonly string[], { grouping, open, sought }: DrawOptions) {
  const ofGroup = groupOf(grouping, [...index.nodes.values()]);
  const byId = new Map<string, { dc: string; value: string; members: string[] }>();
  const single: string[] = [];
  for (const key of keys) {
    const node = index.nodes.get(key);
    if (!node) continue;
    const value = ofGroup(node);
    const id = value === null ? null : groupId(node.dc, value);
    if (id === null || value === null || open.has(id) || sought.has(key)) single.push(key);
    else {
      const group = byId.get(id) ?? { dc: node.dc, value, members: [] };
      group.members.push(key);
      byId.set(id, group);
    }
  }
  const grouped: DrawnNode[] = [];
  for (const [id, { dc, value, members }] of byId) {
    // One alone is no group.
    if (members.length === 1 && grouping.by !== 'datacenter') single.push(...members);
    else grouped.push({ id, dc, kind: 'group', name: value, members: members.sort() });
  }
  return { grouped, single };
}

/** Services that are drawn by themselves, and for each datacenter what is folded away. */
function folded(index: GraphIndex, keys: readonly string[], { open, sought, drawnBefore }: DrawOptions) {
  const shown: DrawnNode[] = [];
  const rests = new Map<string, string[]>();
  const openedOf = new Map<string, number>();
  let left = DRAWN_AT_MOST;
  const ordered = keys.length <= DRAWN_AT_MOST ? keys : byImportance(index, keys, sought, drawnBefore);
  for (const key of ordered) {
    const node = index.nodes.get(key);
    if (!node) continue;
    const { dc, name } = node;
    const opened = openedOf.get(dc) ?? 0;
    const isOpen = open.has(restId(dc)) && opened < OPENED_AT_MOST;
    if (left > 0 || isOpen || sought.has(key)) {
      shown.push({ id: key, dc, kind: 'service', name, members: [key] });
      left -= 1;
      openedOf.set(dc, opened + 1);
    } else {
      const rest = rests.get(dc);
      if (rest) rest.push(key);
      else rests.set(dc, [key]);
    }
  }
  return {
    shown: shown.sort((a, b) => (a.id < b.id ? -1 : 1)),
    rests: [...rests].map(
      ([dc, members]): DrawnNode => ({ id: restId(dc), dc, kind: 'rest', name: '', members: members.sort() }),
    ),
  };
}

function lanesOf(index: GraphIndex, nodes: Iterable<DrawnNode>, datacenters: readonly string[]): DrawnLane[] {
  const ids = new Map<string, string[]>(datacenters.map((dc) => [dc, []]));
  for (const { id, dc } of nodes) {
    const lane = ids.get(dc);
    if (lane) lane.push(id);
    else ids.set(dc, [id]);
  }
  const sums = new Map<string, { services: number; instances: number }>();
  for (const { dc, kind, instances } of index.nodes.values()) {
    if (kind === 'any' || kind === 'absent') continue;
    const sum = sums.get(dc) ?? { services: 0, instances: 0 };
    sum.services += 1;
    sum.instances += instances;
    sums.set(dc, sum);
  }
  return [...ids]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dc, drawn]) => ({ dc, nodes: drawn, ...(sums.get(dc) ?? { services: 0, instances: 0 }) }));
}

/** Edges between what is drawn. Those of a rest are not: they would lead from everything to nothing that one can name. */
function drawnEdges(
  index: GraphIndex,
  nodes: ReadonlyMap<string, DrawnNode>,
  idOf: ReadonlyMap<string, string>,
  shown: EdgesShown,
): Map<string, DrawnEdge> {
  const edges = new Map<string, DrawnEdge & { edges: string[] }>();
  for (const edge of index.edges.values()) {
    const from = nodes.get(idOf.get(edge.from) ?? '');
    const to = nodes.get(idOf.get(edge.to) ?? '');
    if (!from || !to || from.kind === 'rest' || to.kind === 'rest' || !isShownEdge(edge, shown)) continue;
    if (from === to && from.kind === 'group') continue;
    const id = `${from.id}>${to.id}`;
    const known = edges.get(id);
    if (known) known.edges.push(edge.key);
    else edges.set(id, { id, from: from.id, to: to.id, edges: [edge.key], crosses: from.dc !== to.dc });
  }
  return edges;
}
