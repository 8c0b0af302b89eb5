'use client';

import 'reactflow/dist/base.css';
import { memo, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Node, type NodeMouseHandler, ReactFlow, ViewportPortal } from 'reactflow';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useText } from '@/components/ui/text-provider';
import { flowNodes } from './flow-nodes';
import { GraphContext } from './graph-context';
import { GraphEdges } from './graph-edges';
import { GraphMap } from './graph-map';
import { GroupNode, RestNode } from './group-node';
import { LaneNode } from './lane-node';
import { nodeElementId } from './node-element-id';
import { ServiceNode } from './service-node';
import { SpokenStand } from './spoken-stand';
import styles from './topology-graph.module.css';
import type { PlacedGraph } from './use-placement';
import { LEAST_ZOOM, useSight } from './use-sight';
import { useWalk } from './use-walk';
import { worstDrawn } from './worst-drawn';
import { ZoomButtons } from './zoom-buttons';

/** React Flow has a look of its own for what it calls a group. */
const nodeTypes = { 'drawn-service': ServiceNode, 'drawn-group': GroupNode, 'drawn-rest': RestNode, lane: LaneNode };
const noEdges: never[] = [];
const noNodes: Node[] = [];
/** Of more than this, what is out of sight is not drawn. */
const ALL_DRAWN = 400;
/** Fewer are in sight all at once. */
const MAPPED_FROM = 12;

/** Nothing is dragged, connected or selected here: React Flow places, pans and zooms. */
const still = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  zoomOnDoubleClick: false,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  minZoom: LEAST_ZOOM,
  maxZoom: 2.5,
  proOptions: { hideAttribution: true },
} as const;

interface GraphCanvasProps {
  /** null before the first picture. */
  readonly placed: PlacedGraph | null;
  readonly found: ReadonlySet<string> | null;
}

/** The picture, and what one can do with it. How things fare it does not know: shapes and edges hear of that by themselves. */
export const GraphCanvas = memo(function GraphCanvas({ placed, found }: GraphCanvasProps) {
  const words = useText().topologyGraph;
  const parts = useContext(GraphContext);
  const nodes = useFlowNodes(placed);
  const { chosen, setChosen, open, setOpen, focus } = useTopologyOptions();
  const enter = useCallback(
    (id: string) => {
      if (id.startsWith('rest:') || id.startsWith('group:')) void setOpen([...open, id]);
      else void setChosen(id);
    },
    [open, setOpen, setChosen],
  );
  const leave = useCallback(() => void setChosen(null), [setChosen]);
  const walk = useWalk({
    placed,
    begin: () => (chosen !== null && placed?.graph.nodes.has(chosen) ? chosen : null),
    beginAnywhere: () => placed && worstDrawn(placed.graph, parts.records),
    enter,
    leave,
  });
  const { current, stop } = walk;
  const sight = useSight(placed, current, chosen);
  const [pointed, setPointed] = useState<string | null>(null);
  useEffect(() => {
    parts.marks.pay({ chosen, current, pointed, found, focus }, placed?.graph.edges.values() ?? []);
  }, [parts, placed, chosen, current, pointed, found, focus]);
  const press: NodeMouseHandler = useCallback(
    (_, { id }) => {
      stop();
      enter(id);
    },
    [stop, enter],
  );
  const point: NodeMouseHandler = useCallback((_, { id }) => setPointed(id), []);
  const unpoint = useCallback(() => setPointed(null), []);
  const chooseEdge = useCallback((key: string) => void setChosen(key), [setChosen]);
  return (
    <div className={styles.graph} data-far={sight.far} data-generation={placed?.generation ?? 0}>
      <ReactFlow
        {...still}
        nodes={nodes}
        edges={noEdges}
        nodeTypes={nodeTypes}
        onlyRenderVisibleElements={nodes.length > ALL_DRAWN}
        onInit={sight.onInit}
        onMove={sight.onMove}
        onMoveEnd={sight.onMoveEnd}
        onNodeClick={press}
        onNodeMouseEnter={point}
        onNodeMouseLeave={unpoint}
        onPaneClick={leave}
        tabIndex={0}
        aria-label={words.label(placed?.graph.nodes.size ?? 0)}
        aria-activedescendant={current === null ? undefined : nodeElementId(current)}
        onKeyDown={(event) => walk.onKeyDown(event, sight)}
        onBlur={stop}
      >
        {placed ? (
          <ViewportPortal>
            <GraphEdges placed={placed} choose={chooseEdge} />
          </ViewportPortal>
        ) : null}
        {nodes.length > MAPPED_FROM ? <GraphMap /> : null}
      </ReactFlow>
      {placed ? null : (
        <p className={styles.waiting} role="status">
          {words.layingOut}
        </p>
      )}
      <ZoomButtons zoom={sight.zoom} showAll={sight.showAll} />
      <SpokenStand placed={placed} current={current} />
    </div>
  );
});

function useFlowNodes(placed: PlacedGraph | null): Node[] {
  const drawnRef = useRef(noNodes);
  const nodes = useMemo(() => (placed ? flowNodes(placed, drawnRef.current) : noNodes), [placed]);
  useLayoutEffect(() => {
    drawnRef.current = nodes;
  }, [nodes]);
  return nodes;
}
