'use client';

import { memo, useMemo } from 'react';
import { labelPlaces } from '@/lib/topology/view/label-places';
import { shapeMiddle } from '@/lib/topology/view/shape-middle';
import { EdgeLabel } from './edge-label';
import type { EdgeProps } from './edge-props';
import { GraphEdge } from './graph-edge';
import styles from './graph-edge.module.css';
import type { PlacedGraph } from './use-placement';

interface GraphEdgesProps {
  readonly placed: PlacedGraph;
  readonly choose: (key: string) => void;
}

/** So few edges have room for all they can say; of more each says only what is not well, until one looks at it. */
const ROOMY = 90;
const MIDDLE = 0.5;

/** All edges, on a layer of their own between lanes and nodes, which moves with them: panning draws none of them anew. */
export const GraphEdges = memo(function GraphEdges({ placed, choose }: GraphEdgesProps) {
  const edges = useMemo(() => edgesOf(placed), [placed]);
  // Labels of few lie over all lines; of many only those few are drawn that are worth it, each by its line.
  const isRoomy = edges.length <= ROOMY;
  return (
    <svg className={styles.edges} width="1" height="1" aria-hidden="true" data-roomy={isRoomy}>
      {edges.map((props) => (
        <GraphEdge key={props.edge.id} {...props} isLabelled={!isRoomy} choose={choose} />
      ))}
      {isRoomy ? edges.map((props) => <EdgeLabel key={props.edge.id} {...props} />) : null}
    </svg>
  );
});

function edgesOf({ graph, placement }: PlacedGraph): EdgeProps[] {
  const isRoomy = graph.edges.size <= ROOMY;
  const labels = isRoomy ? labelPlaces(graph, placement) : null;
  return [...graph.edges.values()].flatMap((edge) => {
    const from = placement.nodes.get(edge.from);
    const to = placement.nodes.get(edge.to);
    if (!from || !to) return [];
    const { x: fromX, y: fromY } = shapeMiddle(from);
    const { x: toX, y: toY } = shapeMiddle(to);
    const labelAt = labels?.get(edge.id);
    return [{ edge, fromX, fromY, toX, toY, isRoomy: labelAt !== undefined, labelAt: labelAt ?? MIDDLE }];
  });
}
