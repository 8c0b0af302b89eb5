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
  /** Where a label stands. */
  readonly middle: Point;
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
  return {
    d: `M${at(start)}C${at(a)} ${at(b)} ${at(end)}`,
    tip,
    pointsRight: enters < 0,
    middle: { x: (start.x + 3 * a.x + 3 * b.x + end.x) / 8, y: (start.y + 3 * a.y + 3 * b.y + end.y) / 8 },
  };
}

/** What calls itself. */
function loop({ x, y }: Point): EdgePath {
  const side = SHAPE_RADIUS + CLEAR;
  const tip = { x: x + side - 4, y: y - 8 };
  const top = y - side - 22;
  return {
    d: `M${x - 6},${y - side + 2}C${x - 4},${top} ${x + side + 30},${top} ${tip.x + HEAD},${tip.y}`,
    tip,
    pointsRight: false,
    middle: { x: x + side + 8, y: top + 12 },
  };
}

/** Where the points of an arrow's head are. */
export function arrowHead({ tip, pointsRight }: EdgePath): string {
  const back = tip.x + (pointsRight ? -HEAD - 1 : HEAD + 1);
  return `M${at(tip)}L${at({ x: back, y: tip.y - 3.5 })}L${at({ x: back, y: tip.y + 3.5 })}Z`;
}

const at = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;
