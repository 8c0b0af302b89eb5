import type { DrawnEdge, DrawnGraph, DrawnNode } from './drawn';
import { COLUMN, LANE_GAP, LANE_HEAD, ROW } from './measures';

/** A screen is wider than it is high, and so is the picture to be. */
const ASPECT = 1.7;
/** Columns are not filled evenly: from so many places in a lane one node is made. */
const FILLED = 0.7;
const FEWEST_ROWS = 3;

/**
 * The column of each node, from 0: what it needs stands to its right, but for what closes a circle. One name has one column in all lanes, so that a service and
 * what stands in for it elsewhere are found at a glance. No column of a lane is longer than the picture's shape allows: it goes on further to the right.
 */
export function layersOf(graph: DrawnGraph): Map<string, number> {
  const items = itemsOf(graph);
  const bound = rowsOf(graph);
  const used = new Map<string, number[]>();
  const layers = new Map<string, number>();
  const fits = (item: Item, layer: number): boolean =>
    item.nodes.every(({ dc }) => (used.get(dc)?.[layer] ?? 0) < (bound.get(dc) ?? FEWEST_ROWS));
  const put = (item: Item, layer: number): void => {
    item.layer = layer;
    for (const { id, dc } of item.nodes) {
      layers.set(id, layer);
      const counts = used.get(dc) ?? [];
      counts[layer] = (counts[layer] ?? 0) + 1;
      used.set(dc, counts);
    }
  };
  const connected = [...items.values()].filter(({ into, out }) => into.size + out.size > 0);
  for (const item of inOrder(connected)) {
    let layer = Math.max(0, ...[...item.before].map((other) => (other.layer ?? -1) + 1));
    while (!fits(item, layer)) layer += 1;
    put(item, layer);
  }
  const width = Math.max(1, ...[...used.values()].map((counts) => counts.length));
  for (const item of items.values()) {
    if (item.layer === null) put(item, emptiest(item, used, width, fits));
  }
  return layers;
}

interface Item {
  readonly name: string;
  readonly nodes: DrawnNode[];
  readonly out: Set<Item>;
  readonly into: Set<Item>;
  /** Those of `into` that do not close a circle. */
  readonly before: Set<Item>;
  layer: number | null;
}

/** What stands for nothing that one can name has its place by its datacenter; all else by its name. */
const itemName = ({ kind, name, id }: DrawnNode): string => (kind === 'rest' ? id : `${kind} ${name}`);

function itemsOf(graph: DrawnGraph): Map<string, Item> {
  const items = new Map<string, Item>();
  const sorted = [...graph.nodes.values()].sort((a, b) => Number(a.kind === 'rest') - Number(b.kind === 'rest'));
  for (const node of sorted) {
    const name = itemName(node);
    const item = items.get(name);
    if (item) item.nodes.push(node);
    else items.set(name, { name, nodes: [node], out: new Set(), into: new Set(), before: new Set(), layer: null });
  }
  const itemOf = (id: string): Item | undefined => {
    const node = graph.nodes.get(id);
    return node && items.get(itemName(node));
  };
  for (const { from, to } of graph.edges.values()) {
    const a = itemOf(from);
    const b = itemOf(to);
    if (!a || !b || a === b) continue;
    a.out.add(b);
    b.into.add(a);
  }
  return items;
}

/** How many rows each lane may have, so that the whole picture has the shape of a screen. */
function rowsOf({ lanes }: DrawnGraph): Map<string, number> {
  const counts = lanes.map(({ nodes }) => nodes.length);
  const rows = (count: number, columns: number) => Math.max(FEWEST_ROWS, Math.ceil(count / (FILLED * columns)));
  let columns = 1;
  const isTooHigh = (): boolean => {
    const height = counts.reduce((sum, count) => sum + rows(count, columns) * ROW + LANE_HEAD + LANE_GAP, 0);
    return columns * COLUMN < ASPECT * height && counts.some((count) => rows(count, columns) > FEWEST_ROWS);
  };
  while (isTooHigh()) columns += 1;
  return new Map(lanes.map(({ dc, nodes }) => [dc, rows(nodes.length, columns)]));
}

/** Each after all that it comes after, and notes in `before` what that is: edges that lead back into what is being visited close a circle, and are left out. */
function inOrder(items: readonly Item[]): Item[] {
  const byName = (a: Item, b: Item): number => (a.name < b.name ? -1 : 1);
  const starts = [...items].sort(
    (a, b) =>
      Number(a.into.size > 0) - Number(b.into.size > 0) ||
      b.out.size - b.into.size - (a.out.size - a.into.size) ||
      byName(a, b),
  );
  const state = new Map<Item, 'open' | 'done'>();
  const finished: Item[] = [];
  for (const start of starts) {
    if (state.has(start)) continue;
    const stack = [{ item: start, next: [...start.out].sort(byName).values() }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { value: to, done } = top.next.next();
      if (done) {
        state.set(top.item, 'done');
        finished.push(top.item);
        stack.pop();
      } else if (state.get(to) !== 'open') {
        to.before.add(top.item);
        if (state.has(to)) continue;
        state.set(to, 'open');
        stack.push({ item: to, next: [...to.out].sort(byName).values() });
      }
    }
  }
  return finished.reverse();
}

/** Of the columns that have room, the one where fewest stand in its lanes, the rightmost of such. */
function emptiest(
  item: Item,
  used: ReadonlyMap<string, readonly number[]>,
  width: number,
  fits: (item: Item, layer: number) => boolean,
): number {
  const full = (layer: number) => item.nodes.reduce((sum, { dc }) => sum + (used.get(dc)?.[layer] ?? 0), 0);
  let best = width;
  for (let layer = width - 1; layer >= 0; layer -= 1) {
    if (fits(item, layer) && (best === width || full(layer) < full(best))) best = layer;
  }
  while (!fits(item, best)) best += 1;
  return best;
}

/** Whether an edge leads to the right, as most do. */
export const leadsOn = (layers: ReadonlyMap<string, number>, { from, to }: DrawnEdge): boolean =>
  (layers.get(from) ?? 0) < (layers.get(to) ?? 0);
