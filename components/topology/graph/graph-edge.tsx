'use client';

import { memo } from 'react';
import { arrowHead, edgePath } from '@/lib/topology/view/edge-path';
import { strokeOf } from '@/lib/topology/view/edge-summary';
import { EdgeLabel } from './edge-label';
import type { EdgeProps } from './edge-props';
import styles from './graph-edge.module.css';
import { useEdgeLook } from './use-edge-look';

interface GraphEdgeProps extends EdgeProps {
  /** It bears its label itself. */
  readonly isLabelled: boolean;
  readonly choose: (key: string) => void;
}

/** One edge: observed is a line, declared alone a dashed one, from one datacenter to another a double one; errors and denials have colours and words. */
export const GraphEdge = memo(function GraphEdge(props: GraphEdgeProps) {
  const { edge, fromX, fromY, toX, toY, isLabelled, choose } = props;
  const { summary, mark, strands } = useEdgeLook(props);
  const from = { x: fromX, y: fromY };
  const to = { x: toX, y: toY };
  const path = edgePath(from, to);
  const width = strokeOf(summary.ratePerSecond);
  return (
    <g
      className={styles.edge}
      data-edge={edge.id}
      data-tone={summary.tone}
      data-observed={summary.isObserved}
      data-old={summary.isOld || undefined}
      data-evidence={summary.mark ?? undefined}
      data-crosses={edge.crosses || undefined}
      data-standby={(summary.order !== null && !summary.isObserved) || undefined}
      data-mark={mark}
    >
      {strands.length > 0 ? (
        strands.map((strand) => {
          const part = edgePath(from, to, strand.aside);
          return (
            <g key={strand.version} data-version={strand.tone} className={styles.strand}>
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
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard walks from node to node, and the table lists every edge. */}
      <path className={styles.hit} d={path.d} onClick={() => choose(edge.edges[0] ?? edge.id)} />
      {isLabelled && (mark !== undefined || summary.tone !== 'quiet') ? <EdgeLabel {...props} /> : null}
    </g>
  );
});
