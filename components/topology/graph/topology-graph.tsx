'use client';

import { useLayoutEffect, useMemo, useState } from 'react';
import type { TopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import { GraphCanvas } from './graph-canvas';
import { GraphContext, newGraphParts } from './graph-context';
import { useDrawnGraph } from './use-drawn-graph';
import { LaneFreshnessContext, useLaneFreshness } from './use-lane-freshness';
import { usePlacement } from './use-placement';
import { useReaderOptions } from './use-reader-options';

/**
 * Who depends on whom, drawn: lanes of datacenters, services on them, edges between. Each change of the fleet comes in here, and goes on to the shapes it is about, past the
 * canvas, which is drawn anew only for another picture.
 */
export function TopologyGraph({ body, found, hidden }: TopologyScene) {
  const [dc] = useDatacenterChoice();
  const options = useTopologyOptions();
  const [parts] = useState(newGraphParts);
  const { reader, choice } = useReaderOptions(body, { dc, found, hidden, options });
  const graph = useDrawnGraph(body, reader);
  const placed = usePlacement(graph, choice);
  const dcs = useMemo(() => placed?.graph.lanes.map((lane) => lane.dc) ?? [], [placed]);
  const freshness = useLaneFreshness(dcs);
  useLayoutEffect(() => {
    if (body) parts.records.put(body);
  }, [body, parts]);
  useLayoutEffect(() => {
    if (placed) parts.records.draw(placed.graph);
  }, [placed, parts]);
  return (
    <GraphContext value={parts}>
      <LaneFreshnessContext value={freshness}>
        <GraphCanvas placed={placed} found={found} />
      </LaneFreshnessContext>
    </GraphContext>
  );
}
