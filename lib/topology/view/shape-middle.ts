import { NODE_WIDTH, type Point, SHAPE_MIDDLE } from './measures';

/** The middle of the shape of what has its corner there. */
export const shapeMiddle = ({ x, y }: Point): Point => ({ x: x + NODE_WIDTH / 2, y: y + SHAPE_MIDDLE });
