import { type Point, SHAPE_RADIUS } from './measures';

/** Room between a shape's ring and what leads to it. */
const CLEAR = 6;
/** An arrow's head reaches so much further. */
const HEAD = 6;
/** An edge between two of one column goes around so far to the right. */
const BULGE = 56;
/** Two in one column. */
const SAME_COLUMN = 60;

export interface EdgePath {
  /** Of the `d` of a path. */
  readonly d: string;
  /** Where the tip of the arrow is, and whether it points to the right. */
  readonly tip: Point;
  readonly pointsRight: boolean;
  /** Start, two points that bend it, and end. */
  readonly curve: readonly [Point, Point, Point, Point];
}

/**
 * From the middle of one shape to the middle of another: to the right where that is onward, around the right side within a column, to the left where it closes a
 * circle. `aside` px keep strands of one edge apart.
 */
export function edgePath(from: Point, to: Point, aside = 0): EdgePath {
  const side = SHAPE_RADIUS + CLEAR;
  if (from.x === to.x && from.y === to.y) return loop(from);
  const dx = to.x - from.x;
  const isAround = Math.abs(dx) < SAME_COLUMN;
  const leaves = isAround || dx > 0 ? 1 : -1;
  const enters = isAround ? 1 : -leaves;
  const start = { x: from.x + leaves * side, y: from.y + aside / 2 };
  const tip = { x: to.x + enters * side, y: to.y + aside / 2 };
  const end = { x: tip.x + enters * HEAD, y: tip.y };
  const reach = isAround
    ? BULGE + Math.min(90, Math.abs(to.y - from.y) / 8)
    : Math.max(36, Math.min(140, Math.abs(end.x - start.x) / 2));
  const bend = aside * 1.5;
  const a = { x: start.x + leaves * reach, y: start.y + bend };
  const b = { x: end.x + enters * reach, y: end.y + bend };
  return drawn([start, a, b, end], tip, enters < 0);
}

/** A point of the way, `part` of it from its start. */
export function pointOf({ curve: [start, a, b, end] }: EdgePath, part: number): Point {
  const rest = 1 - part;
  const weigh = (axis: 'x' | 'y') =>
    rest ** 3 * start[axis] + 3 * rest ** 2 * part * a[axis] + 3 * rest * part ** 2 * b[axis] + part ** 3 * end[axis];
  return { x: weigh('x'), y: weigh('y') };
}

const drawn = (curve: EdgePath['curve'], tip: Point, pointsRight: boolean): EdgePath => ({
  d: `M${at(curve[0])}C${at(curve[1])} ${at(curve[2])} ${at(curve[3])}`,
  tip,
  pointsRight,
  curve,
});

/** What calls itself. */
function loop({ x, y }: Point): EdgePath {
  const side = SHAPE_RADIUS + CLEAR;
  const tip = { x: x + side - 4, y: y - 8 };
  const top = y - side - 22;
  const start = { x: x - 6, y: y - side + 2 };
  return drawn([start, { x: x - 4, y: top }, { x: x + side + 30, y: top }, { x: tip.x + HEAD, y: tip.y }], tip, false);
}

/** Where the points of an arrow's head are. */
export function arrowHead({ tip, pointsRight }: EdgePath): string {
  const back = tip.x + (pointsRight ? -HEAD - 1 : HEAD + 1);
  return `M${at(tip)}L${at({ x: back, y: tip.y - 3.5 })}L${at({ x: back, y: tip.y + 3.5 })}Z`;
}

const at = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;
