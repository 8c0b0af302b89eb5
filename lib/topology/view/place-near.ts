import type { DrawnGraph } from './drawn';
import type { LaneLayout } from './lane-layout';
import { COLUMN, NODE_HEIGHT, NODE_WIDTH, type Point, ROW, ROW_GAP } from './measures';

/** A step to another column counts as much as so many px up or down. */
const COLUMN_COST = 120;
const STEP = ROW / 2;

/**
 * The lane with places for `ids` too: right of what calls them and left of what they call, where nothing stands. Whatever has a place keeps it; a lane grows to the right and
 * never downwards, so that no other lane moves. What is no longer drawn loses its place to what comes.
 */
export function placeNear(
  layout: LaneLayout,
  ids: readonly string[],
  graph: DrawnGraph,
  placeOf: (id: string) => Point | undefined,
): LaneLayout {
  const places = new Map<string, Point>();
  for (const [id, place] of layout.places) if (graph.nodes.has(id)) places.set(id, place);
  const height = Math.max(layout.height, NODE_HEIGHT);
  for (const id of ids) {
    const wish = wished(id, graph, (other) => places.get(other) ?? placeOf(other));
    places.set(id, freePlace(wish, [...places.values()], height));
  }
  return { dc: layout.dc, places, height };
}

function wished(id: string, graph: DrawnGraph, placeOf: (id: string) => Point | undefined): Point {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const { from, to } of graph.edges.values()) {
    if (from !== id && to !== id) continue;
    const other = placeOf(from === id ? to : from);
    if (!other) continue;
    xs.push(other.x + (from === id ? -COLUMN : COLUMN));
    ys.push(other.y);
  }
  if (xs.length === 0) return { x: Number.MAX_SAFE_INTEGER, y: 0 };
  return { x: mean(xs), y: mean(ys) };
}

function freePlace(wish: Point, taken: readonly Point[], height: number): Point {
  const lastColumn = Math.max(-1, ...taken.map(({ x }) => Math.round(x / COLUMN)));
  const rows = Math.max(1, Math.floor((height - NODE_HEIGHT) / STEP) + 1);
  const want = { x: Math.max(0, Math.min(wish.x, lastColumn * COLUMN)), y: wish.y };
  let best: Point | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  // One column beyond the last has room for certain.
  for (let column = 0; column <= lastColumn + 1; column += 1) {
    for (let row = 0; row < rows; row += 1) {
      const place = { x: column * COLUMN, y: row * STEP };
      const cost = (Math.abs(place.x - want.x) / COLUMN) * COLUMN_COST + Math.abs(place.y - want.y);
      if (cost < bestCost && taken.every((other) => !overlap(place, other))) {
        best = place;
        bestCost = cost;
      }
    }
  }
  return best ?? { x: (lastColumn + 1) * COLUMN, y: 0 };
}

const overlap = (a: Point, b: Point): boolean =>
  Math.abs(a.x - b.x) < NODE_WIDTH && Math.abs(a.y - b.y) < NODE_HEIGHT + ROW_GAP / 2;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
