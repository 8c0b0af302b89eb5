'use client';

import { memo } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { DrawnEdge } from '@/lib/topology/view/drawn';
import { arrowHead, edgePath } from '@/lib/topology/view/edge-path';
import { type EdgeSummary, strokeOf } from '@/lib/topology/view/edge-summary';
import { splitStrands } from '@/lib/topology/view/split-strands';
import { EdgePill } from './edge-pill';
import { useEdgeSummary, useMark, useNodeRecord } from './graph-context';
import styles from './graph-edge.module.css';

interface GraphEdgeProps {
  readonly edge: DrawnEdge;
  /** Key of the service whose split may divide it; null: none. */
  readonly splitOf: string | null;
  /** Middles of the shapes at its ends. */
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  /** There is room for what all edges have to say. */
  readonly isRoomy: boolean;
  readonly choose: (key: string) => void;
}

/** One edge: observed is a line, declared alone a dashed one, from one datacenter to another a double one; errors and denials have colours and words. */
export const GraphEdge = memo(function GraphEdge(props: GraphEdgeProps) {
  const { edge, fromX, fromY, toX, toY, isRoomy, choose } = props;
  const text = useText();
  const summary = useEdgeSummary(edge.id);
  const mark = useMark(edge.id);
  const split = useNodeRecord(props.splitOf ?? '')?.split ?? null;
  const isNear = mark?.includes('near') ?? false;
  const strands = summary.isObserved && (isRoomy || isNear) ? splitStrands(split) : [];
  const from = { x: fromX, y: fromY };
  const to = { x: toX, y: toY };
  const path = edgePath(from, to);
  const label = labelOf(summary, text.topologyGraph, isRoomy || isNear);
  const width = strokeOf(summary.ratePerSecond);
  return (
    <g
      className={styles.edge}
      data-edge={edge.id}
      data-tone={summary.tone}
      data-observed={summary.isObserved}
      data-old={summary.isOld || undefined}
      data-crosses={edge.crosses || undefined}
      data-mark={mark}
    >
      {strands.length > 0 ? (
        strands.map((strand) => {
          const part = edgePath(from, to, strand.aside);
          return (
            <g key={strand.version} data-version={strand.tone % 4} className={styles.strand}>
              <path className={styles.line} d={part.d} strokeWidth={strand.width} />
              <path className={styles.head} d={arrowHead(part)} />
            </g>
          );
        })
      ) : (
        <>
          <path className={styles.line} d={path.d} strokeWidth={edge.crosses ? width + 3.4 : width} />
          {edge.crosses ? <path className={styles.core} d={path.d} strokeWidth={2.2} /> : null}
          <path className={styles.head} d={arrowHead(path)} />
        </>
      )}
      {/* A line is too thin to be hit. */}
      <path className={styles.hit} d={path.d} onClick={() => choose(edge.edges[0] ?? edge.id)} />
      {strands.map((strand) => (
        <EdgePill
          key={strand.version}
          at={edgePath(from, to, strand.aside * 2.4).middle}
          text={text.topologyGraph.share(strand.share)}
          tone={`version-${strand.tone % 4}`}
        />
      ))}
      {label === null || strands.length > 0 ? null : <EdgePill at={path.middle} text={label} tone={summary.tone} />}
    </g>
  );
});

interface Words {
  readonly failing: (ratio: number) => string;
  readonly denied: string;
  readonly share: (percent: number) => string;
  readonly order: (order: number) => string;
  readonly rate: (perSecond: number) => string;
}

/** The one thing that an edge says of itself: what is not well first. */
function labelOf({ tone, errorRatio, share, order, ratePerSecond }: EdgeSummary, words: Words, hasRoom: boolean) {
  if (tone === 'denied') return hasRoom ? words.denied : null;
  if (tone !== 'quiet' && errorRatio !== null) return words.failing(errorRatio);
  if (!hasRoom) return null;
  if (share !== null) return words.share(share);
  if (ratePerSecond !== null && ratePerSecond > 0) return words.rate(ratePerSecond);
  return order === null ? null : words.order(order);
}
