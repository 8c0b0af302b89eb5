/** Sizes of the picture in px at a zoom of 1. A node's shape stands in the upper middle of its box, its name and its count under it. */
export const NODE_WIDTH = 150;
export const NODE_HEIGHT = 84;
/** From the top of its box to the middle of its shape. */
export const SHAPE_MIDDLE = 26;
export const SHAPE_RADIUS = 17;
/** From one column to the next. */
export const COLUMN = 196;
/** Between two nodes of a column. */
export const ROW_GAP = 12;
export const ROW = NODE_HEIGHT + ROW_GAP;
/** Of a lane, for its name, and around what stands in it. */
export const LANE_HEAD = 34;
export const LANE_PADDING = 14;
export const LANE_GAP = 18;
/** A lane in which nothing is drawn. */
export const EMPTY_LANE_HEIGHT = 84;

export interface Point {
  readonly x: number;
  readonly y: number;
}
