'use client';

import type { EdgeSummary } from '@/lib/topology/view/edge-summary';
import { type Strand, splitStrands } from '@/lib/topology/view/split-strands';
import type { EdgeProps } from './edge-props';
import { useEdgeSummary, useMark, useNodeRecord } from './graph-context';

export interface EdgeLook {
  readonly summary: EdgeSummary;
  readonly mark: string | undefined;
  /** It has room to say what is not remarkable: there is room for all, or it is what one looks at. */
  readonly hasRoom: boolean;
  /** One a version while a split divides its traffic; else none. */
  readonly strands: readonly Strand[];
}

const none: readonly Strand[] = [];

export function useEdgeLook({ edge, isRoomy }: EdgeProps): EdgeLook {
  const summary = useEdgeSummary(edge.id);
  const mark = useMark(edge.id);
  const isOne = edge.edges.length === 1 && edge.edges[0] === edge.id;
  const split = useNodeRecord(isOne ? edge.to : '')?.split ?? null;
  const hasRoom = isRoomy || (mark?.includes('near') ?? false);
  return { summary, mark, hasRoom, strands: summary.isObserved && hasRoom ? splitStrands(split) : none };
}
