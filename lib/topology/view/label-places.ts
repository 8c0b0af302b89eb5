import type { DrawnGraph } from './drawn';
import { type EdgePath, edgePath, pointOf } from './edge-path';
import type { Placement } from './lane-layout';
import { NODE_HEIGHT, type Point, SHAPE_MIDDLE } from './measures';
import { shapeMiddle } from './shape-middle';

/** Half of the room that a label takes. */
const HALF_WIDTH = 27;
const HALF_HEIGHT = 10;
/** Half of the room that a shape with its name takes. */
const NODE_HALF_WIDTH = 52;
/** More than any place costs that is free. */
const TAKEN = 100;
/** Where on its way an edge may say something, the middle first. */
const PARTS = [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71, 0.22, 0.78, 0.15, 0.85];

/**
 * Where on each edge its label stands, as a part of its way: as near to its middle as it can be without lying on another label or on a name; an edge that has no such
 * place is left out. Edges that are short, and so have little choice, choose first.
 */
export function labelPlaces(graph: DrawnGraph, placement: Placement): ReadonlyMap<string, number> {
  const paths: { id: string; path: EdgePath; length: number }[] = [];
  for (const { id, from, to } of graph.edges.values()) {
    const a = placement.nodes.get(from);
    const b = placement.nodes.get(to);
    if (!a || !b) continue;
    paths.push({ id, path: edgePath(shapeMiddle(a), shapeMiddle(b)), length: Math.hypot(b.x - a.x, b.y - a.y) });
  }
  paths.sort((a, b) => a.length - b.length || (a.id < b.id ? -1 : 1));
  const nodes = [...placement.nodes.values()];
  const labels: Point[] = [];
  const parts = new Map<string, number>();
  for (const { id, path } of paths) {
    let best = PARTS[0] ?? 0;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const [rank, part] of PARTS.entries()) {
      const cost = costOf(pointOf(path, part), labels, nodes) + rank;
      if (cost < bestCost) [best, bestCost] = [part, cost];
    }
    if (bestCost >= TAKEN) continue;
    parts.set(id, best);
    labels.push(pointOf(path, best));
  }
  return parts;
}

function costOf(at: Point, labels: readonly Point[], nodes: readonly Point[]): number {
  let cost = 0;
  for (const { x, y } of labels) {
    if (Math.abs(at.x - x) < 2 * HALF_WIDTH && Math.abs(at.y - y) < 2 * HALF_HEIGHT) cost += TAKEN;
  }
  for (const place of nodes) {
    const { x, y } = shapeMiddle(place);
    if (Math.abs(at.x - x) > HALF_WIDTH + NODE_HALF_WIDTH) continue;
    if (at.y > y - SHAPE_MIDDLE - HALF_HEIGHT && at.y < y - SHAPE_MIDDLE + NODE_HEIGHT + HALF_HEIGHT) cost += TAKEN;
  }
  return cost;
}
