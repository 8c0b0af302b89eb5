'use client';

import 'reactflow/dist/base.css';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Node, ReactFlow, ViewportPortal } from 'reactflow';
import type { TopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useText } from '@/components/ui/text-provider';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import { flowNodes } from './flow-nodes';
import { GraphContext, newGraphParts } from './graph-context';
import { GraphEdges } from './graph-edges';
import { GraphMap } from './graph-map';
import { GroupNode, RestNode } from './group-node';
import { LaneNode } from './lane-node';
import { nodeElementId } from './node-element-id';
import { ServiceNode } from './service-node';
import { SpokenStand } from './spoken-stand';
import styles from './topology-graph.module.css';
import { useDrawnGraph } from './use-drawn-graph';
import { LaneFreshnessContext, useLaneFreshness } from './use-lane-freshness';
import { usePlacement } from './use-placement';
import { useReaderOptions } from './use-reader-options';
import { LEAST_ZOOM, useSight } from './use-sight';
import { useWalk } from './use-walk';
import { worstDrawn } from './worst-drawn';
import { ZoomButtons } from './zoom-buttons';

/** React Flow has a look of its own for what it calls a group. */
const nodeTypes = {
  'drawn-service': ServiceNode,
  'drawn-group': GroupNode,
  'drawn-rest': RestNode,
  lane: LaneNode,
};
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

/** Who depends on whom, drawn: lanes of datacenters, services on them, edges between. */
export function TopologyGraph({ body, found, hidden }: TopologyScene) {
  const words = useText().topologyGraph;
  const [dc] = useDatacenterChoice();
  const options = useTopologyOptions();
  const [parts] = useState(newGraphParts);
  const { reader, choice } = useReaderOptions(body, { dc, found, hidden, options });
  const graph = useDrawnGraph(body, reader);
  const placed = usePlacement(graph, choice);
  const nodes = useFlowNodes(placed);
  const dcs = useMemo(() => placed?.graph.lanes.map((lane) => lane.dc) ?? [], [placed]);
  const freshness = useLaneFreshness(dcs);
  useLayoutEffect(() => {
    if (body) parts.records.put(body);
  }, [body, parts]);
  useLayoutEffect(() => {
    if (placed) parts.records.draw(placed.graph);
  }, [placed, parts]);

  const { chosen, setChosen, open, setOpen, focus } = options;
  const enter = useCallback(
    (id: string) => {
      if (id.startsWith('rest:') || id.startsWith('group:')) void setOpen([...open, id]);
      else void setChosen(id);
    },
    [open, setOpen, setChosen],
  );
  const walk = useWalk({
    placed,
    begin: () => (chosen !== null && placed?.graph.nodes.has(chosen) ? chosen : null),
    beginAnywhere: () => placed && worstDrawn(placed.graph, parts.records),
    enter,
    leave: () => void setChosen(null),
  });
  const { current, stop } = walk;
  const sight = useSight(placed, current);
  const [pointed, setPointed] = useState<string | null>(null);
  useEffect(() => {
    parts.marks.pay({ chosen, current, pointed, found, focus }, placed?.graph.edges.values() ?? []);
  }, [parts, placed, chosen, current, pointed, found, focus]);
  const chooseEdge = useCallback((key: string) => void setChosen(key), [setChosen]);
  return (
    <GraphContext value={parts}>
      <LaneFreshnessContext value={freshness}>
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
            onNodeClick={(_, { id, type }) => {
              stop();
              if (type !== 'lane') enter(id);
            }}
            onNodeMouseEnter={(_, { id, type }) => setPointed(type === 'lane' ? null : id)}
            onNodeMouseLeave={() => setPointed(null)}
            onPaneClick={() => void setChosen(null)}
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
      </LaneFreshnessContext>
    </GraphContext>
  );
}

function useFlowNodes(placed: ReturnType<typeof usePlacement>): Node[] {
  const drawnRef = useRef(noNodes);
  const nodes = useMemo(() => (placed ? flowNodes(placed, drawnRef.current) : noNodes), [placed]);
  useLayoutEffect(() => {
    drawnRef.current = nodes;
  }, [nodes]);
  return nodes;
}
