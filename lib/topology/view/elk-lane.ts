import { type DrawnGraph, type DrawnLane, restId } from './drawn';
import { columnX, type LaneLayout, laneLayout } from './lane-layout';
import { COLUMN, NODE_HEIGHT, NODE_WIDTH, type Point, ROW, ROW_GAP } from './measures';

/** A lane as the Eclipse Layout Kernel takes it, in the part of its JSON that is used. */
export interface ElkLane {
  readonly id: string;
  readonly layoutOptions: Readonly<Record<string, string>>;
  readonly children: {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly x: number;
    readonly y: number;
  }[];
  readonly edges: { readonly id: string; readonly sources: string[]; readonly targets: string[] }[];
}

/** From this many edges on a lane is laid out with less care: time goes with them faster than what it brings. */
const MANY_EDGES = 600;

/** Columns are given (see `layersOf`): the kernel says in which order a column's nodes stand, and how high. */
function optionsFor(edges: number): Record<string, string> {
  return {
    'elk.algorithm': 'layered',
    'elk.direction': 'RIGHT',
    'elk.randomSeed': '1',
    'elk.separateConnectedComponents': 'false',
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    'elk.spacing.nodeNode': String(ROW_GAP),
    'elk.layered.spacing.nodeNodeBetweenLayers': String(COLUMN - NODE_WIDTH),
    'elk.spacing.edgeNode': '4',
    'elk.spacing.edgeEdge': '2',
    'elk.layered.spacing.edgeNodeBetweenLayers': '4',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '2',
    'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
    'elk.layered.layering.strategy': 'INTERACTIVE',
    'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
    'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    'elk.layered.thoroughness': edges > MANY_EDGES ? '2' : '10',
    'elk.edgeRouting': 'POLYLINE',
  };
}

export function elkLane(lane: DrawnLane, graph: DrawnGraph, layers: ReadonlyMap<string, number>): ElkLane {
  const inside = new Set(lane.nodes);
  const edges = [...graph.edges.values()].filter(
    ({ from, to }) => from !== to && inside.has(from) && inside.has(to) && layers.get(from) !== layers.get(to),
  );
  return {
    id: lane.dc,
    layoutOptions: optionsFor(edges.length),
    children: lane.nodes.map((id, row) => ({
      id,
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      x: columnX(layers.get(id) ?? 0),
      y: row,
    })),
    edges: edges.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  };
}

/** What the kernel answered, on our own columns and drawn together: it leaves room for every edge that passes a column, and names need none of it. */
export function readElkLane(
  dc: string,
  children: readonly { readonly id: string; readonly y?: number }[],
  layers: ReadonlyMap<string, number>,
): LaneLayout {
  const columns = new Map<number, { id: string; y: number }[]>();
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { id, y = 0 } of children) {
    if (id === restId(dc)) continue;
    const layer = layers.get(id) ?? 0;
    const column = columns.get(layer);
    if (column) column.push({ id, y });
    else columns.set(layer, [{ id, y }]);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const rest = children.find(({ id }) => id === restId(dc));
  if (rest) {
    const layer = layers.get(rest.id) ?? 0;
    columns.set(layer, [...(columns.get(layer) ?? []), { id: rest.id, y: Math.max(0, bottom) + 1 }]);
  }
  const rows = Math.max(1, ...[...columns.values()].map(({ length }) => length));
  const heights = (rows - 1) * ROW;
  const scale = bottom > top ? Math.min(1, heights / (bottom - top)) : 1;
  const places = new Map<string, Point>();
  for (const [layer, column] of columns) {
    column.sort((a, b) => a.y - b.y || (a.id < b.id ? -1 : 1));
    const ys = apart(
      column.map(({ y }) => (y - top) * scale),
      heights,
    );
    for (const [row, { id }] of column.entries()) places.set(id, { x: columnX(layer), y: Math.round(ys[row] ?? 0) });
  }
  return laneLayout(dc, places);
}

/** The heights, which ascend, moved so that a row is between any two of them and none is beyond `most`; there is room for them all. */
function apart(ys: readonly number[], most: number): number[] {
  const moved: number[] = [];
  for (const y of ys) moved.push(Math.max(y, (moved.at(-1) ?? -ROW) + ROW));
  for (let row = moved.length - 1, limit = most; row >= 0; row -= 1, limit -= ROW) {
    moved[row] = Math.min(moved[row] ?? 0, limit);
    limit = moved[row] ?? 0;
  }
  return moved;
}
