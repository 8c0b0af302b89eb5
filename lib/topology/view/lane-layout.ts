import type { DrawnGraph, DrawnLane } from './drawn';
import {
  COLUMN,
  EMPTY_LANE_HEIGHT,
  LANE_GAP,
  LANE_HEAD,
  LANE_PADDING,
  NODE_HEIGHT,
  NODE_WIDTH,
  type Point,
} from './measures';

/** Where the upper left corners of a lane's nodes are, from the corner of the room under the lane's head. */
export interface LaneLayout {
  readonly dc: string;
  readonly places: ReadonlyMap<string, Point>;
  /** Of the room; it grows downwards only when the lane is laid out again. */
  readonly height: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything is. */
export interface Placement {
  readonly nodes: ReadonlyMap<string, Point>;
  /** By datacenter. */
  readonly lanes: ReadonlyMap<string, Box>;
}

export const columnX = (layer: number): number => layer * COLUMN;

export function laneLayout(dc: string, places: ReadonlyMap<string, Point>): LaneLayout {
  let bottom = 0;
  for (const { y } of places.values()) bottom = Math.max(bottom, y + NODE_HEIGHT);
  return { dc, places, height: bottom };
}

/** A picture that is higher than a screen has its columns drawn apart, so that what edges say has room. */
const ASPECT = 1.8;
const MOST_STRETCH = 1.5;

/** By how much columns are drawn apart, so that the picture has the shape of a screen; 1 where it is wide enough. */
export function stretchOf(layouts: readonly LaneLayout[]): number {
  const width = Math.max(NODE_WIDTH, ...layouts.map(widthOf));
  const height = layouts.reduce((sum, layout) => sum + layout.height + LANE_HEAD + LANE_PADDING + LANE_GAP, 0);
  return Math.max(1, Math.min(MOST_STRETCH, (ASPECT * height) / width));
}

/** Lanes one under the other, as wide as the widest. */
export function stacked(layouts: readonly LaneLayout[], graph: DrawnGraph, stretch: number): Placement {
  const byDc = new Map(layouts.map((layout) => [layout.dc, layout]));
  const nodes = new Map<string, Point>();
  const lanes = new Map<string, Box>();
  const last = Math.max(0, ...layouts.map((layout) => widthOf(layout) - NODE_WIDTH));
  const width = 2 * LANE_PADDING + last * stretch + NODE_WIDTH;
  let top = 0;
  for (const lane of graph.lanes) {
    const layout = byDc.get(lane.dc);
    const height = layout && lane.nodes.length > 0 ? LANE_HEAD + layout.height + LANE_PADDING : EMPTY_LANE_HEIGHT;
    lanes.set(lane.dc, { x: 0, y: top, width, height });
    for (const id of lane.nodes) {
      const place = layout?.places.get(id);
      if (place) nodes.set(id, { x: LANE_PADDING + Math.round(place.x * stretch), y: top + LANE_HEAD + place.y });
    }
    top += height + LANE_GAP;
  }
  return { nodes, lanes };
}

const widthOf = ({ places }: LaneLayout): number => {
  let right = 0;
  for (const { x } of places.values()) right = Math.max(right, x + NODE_WIDTH);
  return right;
};

/** Ids that a lane draws and that have no place yet. */
export const placeless = (lane: DrawnLane, layout: LaneLayout | undefined): string[] =>
  lane.nodes.filter((id) => !layout?.places.has(id));
