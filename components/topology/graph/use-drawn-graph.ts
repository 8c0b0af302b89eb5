'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { type DrawOptions, drawGraph } from '@/lib/topology/view/draw-graph';
import { type DrawnGraph, keptIdentity } from '@/lib/topology/view/drawn';
import { drawsTheSame } from '@/lib/topology/view/draws-the-same';
import { graphIndex } from '@/lib/topology/view/graph-index';

/** What is drawn is found anew at most four times a second; how it fares is drawn at once. */
const EVERY_MS = 250;

export type ReaderOptions = Omit<DrawOptions, 'drawnBefore'>;

interface Last extends Pick<TopologyBody, 'nodes' | 'edges'> {
  readonly atMs: number;
  readonly options: ReaderOptions;
  readonly datacenters: readonly string[];
}

/** What is to be drawn of a body; null before the first one. */
export function useDrawnGraph(body: TopologyBody | undefined, options: ReaderOptions): DrawnGraph | null {
  const [drawn, setDrawn] = useState<DrawnGraph | null>(null);
  const lastRef = useRef<Last | null>(null);
  const nodes = body?.nodes;
  const edges = body?.edges;
  const datacenters = useDatacenterNames(body);
  useEffect(() => {
    if (!nodes || !edges) return;
    const draw = () => {
      lastRef.current = { atMs: performance.now(), options, datacenters, nodes, edges };
      setDrawn((before) => {
        const after = drawGraph(graphIndex(nodes, edges), datacenters, { ...options, drawnBefore: singles(before) });
        return keptIdentity(before, after);
      });
    };
    const last = lastRef.current;
    const isWishedAnew = last?.options !== options || last.datacenters !== datacenters;
    if (last && !isWishedAnew && drawsTheSame(last, { nodes, edges })) return;
    const waitMs = last && !isWishedAnew ? last.atMs + EVERY_MS - performance.now() : 0;
    if (waitMs <= 0) return draw();
    const timer = setTimeout(draw, waitMs);
    return () => clearTimeout(timer);
  }, [nodes, edges, datacenters, options]);
  return drawn;
}

const noNames: readonly string[] = [];

/** The same array as long as the names are the same. */
function useDatacenterNames(body: TopologyBody | undefined): readonly string[] {
  const names = body?.datacenters.map(({ name }) => name) ?? noNames;
  const written = JSON.stringify(names);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written says what the names are.
  return useMemo(() => names, [written]);
}

function singles(graph: DrawnGraph | null): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { id, kind } of graph?.nodes.values() ?? []) if (kind === 'service') keys.add(id);
  return keys;
}
