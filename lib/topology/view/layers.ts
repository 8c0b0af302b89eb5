import type { DrawnGraph, DrawnNode } from './drawn';
import { COLUMN, LANE_GAP, LANE_HEAD, ROW } from './measures';

/** A screen is wider than it is high, and so is the picture to be. */
const ASPECT = 1.9;
/** Columns are not filled evenly: from so many places in a lane one node is made. */
const FILLED = 0.7;
const FEWEST_ROWS = 3;

/**
 * The column of each node, from 0: what it needs stands to its right, but for what closes a circle. One name has one column in all lanes, so that a service and
 * what stands in for it elsewhere are found at a glance. No column of a lane is longer than the picture's shape allows: it goes on further to the right. Where calls go
 * deeper than the picture has columns, what follows each other may stand in one.
 */
export function layersOf(graph: DrawnGraph): Map<string, number> {
  const items = itemsOf(graph);
  const { columns, bound } = shapeOf(graph);
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
  const ordered = inOrder(connected);
  const depth = noteDepths(ordered);
  const step = depth > columns ? 0 : 1;
  for (const item of ordered) {
    const least = step === 1 ? 0 : Math.floor((item.depth * columns) / depth);
    let layer = Math.max(least, ...[...item.before].map((other) => (other.layer ?? 0) + step));
    while (!fits(item, layer)) layer += 1;
    put(item, layer);
  }
  const width = Math.max(1, ...[...used.values()].map((counts) => counts.length));
  for (const item of items.values()) {
    if (item.layer !== null) continue;
    // What is folded away stands last.
    const isRest = item.nodes[0]?.kind === 'rest';
    put(item, isRest ? width - 1 : emptiest(item, used, width, fits));
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
  /** How many it comes after, at most. */
  depth: number;
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
    else
      items.set(name, {
        name,
        nodes: [node],
        out: new Set(),
        into: new Set(),
        before: new Set(),
        depth: 0,
        layer: null,
      });
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

/** How many columns the picture has, and how many rows each lane, so that the whole has the shape of a screen. */
function shapeOf({ lanes }: DrawnGraph): { columns: number; bound: Map<string, number> } {
  const counts = lanes.map(({ nodes }) => nodes.length);
  const rows = (count: number, columns: number) => Math.max(1, Math.ceil(count / (FILLED * columns)));
  let columns = 1;
  const isTooHigh = (): boolean => {
    const height = counts.reduce((sum, count) => sum + rows(count, columns) * ROW + LANE_HEAD + LANE_GAP, 0);
    return columns * COLUMN < ASPECT * height && counts.some((count) => rows(count, columns) > 1);
  };
  while (isTooHigh()) columns += 1;
  const bound = new Map(lanes.map(({ dc, nodes }) => [dc, Math.max(FEWEST_ROWS, rows(nodes.length, columns))]));
  return { columns, bound };
}

/** Notes how deep each is, and gives back of how many the longest way is. */
function noteDepths(ordered: readonly Item[]): number {
  let deepest = 0;
  for (const item of ordered) {
    item.depth = Math.max(0, ...[...item.before].map(({ depth }) => depth + 1));
    deepest = Math.max(deepest, item.depth + 1);
  }
  return deepest;
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
