import type { DrawnGraph } from './drawn';
import type { Point } from './measures';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where a walk along the edges stands. */
export interface Stand {
  readonly id: string;
  /** Where it came from along an edge, so that up and down lead through what else lies at that edge's side; null: it came from nowhere. */
  readonly via: { readonly id: string; readonly direction: 'left' | 'right' } | null;
}

/**
 * The next stand: right to what is called, left to what calls, up and down through the others that are called by (or call) where one came from, else through
 * what stands above and below. null: nothing lies there.
 */
export function walk(
  graph: DrawnGraph,
  places: ReadonlyMap<string, Point>,
  { id, via }: Stand,
  direction: Direction,
): Stand | null {
  const here = places.get(id);
  if (!here) return null;
  if (direction === 'left' || direction === 'right') {
    const next = nearest(alongEdges(graph, id, direction), places, here);
    return next === null ? null : { id: next, via: { id, direction } };
  }
  const siblings = via ? alongEdges(graph, via.id, via.direction) : [];
  const next =
    nextInHeight(siblings, places, id, here, direction) ??
    nextInHeight(inColumn(graph, places, here), places, id, here, direction);
  if (next === null) return null;
  return { id: next, via: siblings.includes(next) ? via : null };
}

function alongEdges(graph: DrawnGraph, id: string, direction: 'left' | 'right'): string[] {
  const ids: string[] = [];
  for (const { from, to } of graph.edges.values()) {
    if (from === to) continue;
    if (direction === 'right' && from === id) ids.push(to);
    if (direction === 'left' && to === id) ids.push(from);
  }
  return ids;
}

const inColumn = (graph: DrawnGraph, places: ReadonlyMap<string, Point>, here: Point): string[] =>
  [...graph.nodes.keys()].filter((id) => places.get(id)?.x === here.x);

function nearest(ids: readonly string[], places: ReadonlyMap<string, Point>, here: Point): string | null {
  let best: string | null = null;
  let bestFar = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    const place = places.get(id);
    if (!place) continue;
    const far = Math.abs(place.y - here.y) + Math.abs(place.x - here.x) / 4;
    if (far < bestFar) {
      best = id;
      bestFar = far;
    }
  }
  return best;
}

/** The next above or below, by height, then from left to right, so that none is passed over. */
function nextInHeight(
  ids: readonly string[],
  places: ReadonlyMap<string, Point>,
  id: string,
  here: Point,
  direction: 'up' | 'down',
): string | null {
  const sign = direction === 'down' ? 1 : -1;
  let best: string | null = null;
  let bestPlace: Point | null = null;
  for (const other of ids) {
    const place = places.get(other);
    if (other === id || !place || inReadingOrder(place, here) * sign <= 0) continue;
    if (bestPlace === null || inReadingOrder(place, bestPlace) * sign < 0) {
      best = other;
      bestPlace = place;
    }
  }
  return best;
}

const inReadingOrder = (a: Point, b: Point): number => a.y - b.y || a.x - b.x;
