import type { DrawnEdge } from '@/lib/topology/view/drawn';

/** What both the line of an edge and its label are drawn from. */
export interface EdgeProps {
  readonly edge: DrawnEdge;
  /** Middles of the shapes at its ends. */
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  /** There is room for what it has to say, even if nobody looks at it. */
  readonly isRoomy: boolean;
  /** Where its label stands, as a part of its way. */
  readonly labelAt: number;
}
