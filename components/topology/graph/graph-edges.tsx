'use client';

import { memo } from 'react';
import type { DrawnEdge } from '@/lib/topology/view/drawn';
import { GraphEdge } from './graph-edge';
import styles from './graph-edge.module.css';
import { shapeMiddle } from './shape-middle';
import type { PlacedGraph } from './use-placement';

interface GraphEdgesProps {
  readonly placed: PlacedGraph;
  readonly choose: (key: string) => void;
}

/** All edges, on a layer of their own between lanes and nodes, which moves with them: panning draws none of them anew. */
export const GraphEdges = memo(function GraphEdges({ placed: { graph, placement }, choose }: GraphEdgesProps) {
  // Few edges have room for all they can say; of many each says only what is not well, until one points at it.
  const isRoomy = graph.edges.size <= ROOMY;
  return (
    <svg className={styles.edges} width="1" height="1" aria-hidden="true">
      {[...graph.edges.values()].map((edge) => {
        const from = placement.nodes.get(edge.from);
        const to = placement.nodes.get(edge.to);
        if (!from || !to) return null;
        const a = shapeMiddle(from);
        const b = shapeMiddle(to);
        return (
          <GraphEdge
            key={edge.id}
            edge={edge}
            splitOf={splitTarget(edge)}
            fromX={a.x}
            fromY={a.y}
            toX={b.x}
            toY={b.y}
            isRoomy={isRoomy}
            choose={choose}
          />
        );
      })}
    </svg>
  );
});

const ROOMY = 90;

/** The service whose split divides the edge; null: it is none of one service. */
const splitTarget = ({ id, edges, to }: DrawnEdge): string | null =>
  edges.length === 1 && edges[0] === id ? to : null;
