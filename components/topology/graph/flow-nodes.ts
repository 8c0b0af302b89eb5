import type { Node } from 'reactflow';
import { type DrawnLane, type DrawnNode, laneId } from '@/lib/topology/view/drawn';
import type { Box } from '@/lib/topology/view/lane-layout';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '@/lib/topology/view/measures';
import type { PlacedGraph } from './use-placement';

const NO_POINTER = { pointerEvents: 'none' } as const;

/** Lanes lie under the layer of edges, and nodes above it. */
const ON_LANES = 0;
const ON_EDGES = 2;

/** What React Flow places, in the order of lanes and of what stands on them; of `before` the very objects for all that neither moved nor changed. */
export function flowNodes({ graph, placement }: PlacedGraph, before: readonly Node[]): Node[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const nodes: Node[] = [];
  for (const lane of graph.lanes) {
    const box = placement.lanes.get(lane.dc);
    if (box) nodes.push(laneNode(lane, box, known.get(laneId(lane.dc))));
  }
  for (const drawn of graph.nodes.values()) {
    const place = placement.nodes.get(drawn.id);
    if (place) nodes.push(placedNode(drawn, place, known.get(drawn.id)));
  }
  return nodes;
}

function laneNode(lane: DrawnLane, { x, y, width, height }: Box, known: Node | undefined): Node {
  const isSame =
    known?.data.lane === lane &&
    known.position.x === x &&
    known.position.y === y &&
    known.width === width &&
    known.height === height;
  if (known && isSame) return known;
  return {
    id: laneId(lane.dc),
    type: 'lane',
    position: { x, y },
    width,
    height,
    data: { lane },
    zIndex: ON_LANES,
    // A lane is where one takes hold of the picture: what is pressed there is pressed beside it.
    style: NO_POINTER,
  };
}

function placedNode(drawn: DrawnNode, { x, y }: Point, known: Node | undefined): Node {
  if (known && known.data.drawn === drawn && known.position.x === x && known.position.y === y) return known;
  return {
    id: drawn.id,
    type: `drawn-${drawn.kind}`,
    position: { x, y },
    width: NODE_WIDTH,
    height: NODE_HEIGHT,
    data: { drawn },
    zIndex: ON_EDGES,
  };
}
