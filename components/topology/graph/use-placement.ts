'use client';

import { startTransition, useEffect, useRef, useState } from 'react';
import { type Arrangement, arranged } from '@/lib/topology/view/arrange';
import type { DrawnGraph } from '@/lib/topology/view/drawn';
import { elkLane, readElkLane } from '@/lib/topology/view/elk-lane';
import { type LaneLayout, type Placement, stacked, stretchOf } from '@/lib/topology/view/lane-layout';
import { layersOf } from '@/lib/topology/view/layers';
import { LayoutKernel } from './layout-kernel';

/** A graph with the places of all that is in it. */
export interface PlacedGraph {
  readonly graph: DrawnGraph;
  readonly placement: Placement;
  /** How often everything was laid out anew: then the eye has to find its place again. */
  readonly generation: number;
}

interface Held {
  readonly arrangement: Arrangement;
  /** What the reader had chosen to see. */
  readonly choice: string;
  readonly generation: number;
  readonly stretch: number;
}

/**
 * Finds a place for all that is drawn; null before the first. While it is looked for what was there stays. What stays drawn stays where it is, until the reader wants
 * to see something else (`choice`).
 */
export function usePlacement(graph: DrawnGraph | null, choice: string): PlacedGraph | null {
  const kernel = useKernel();
  const [placed, setPlaced] = useState<PlacedGraph | null>(null);
  const heldRef = useRef<Held | null>(null);
  useEffect(() => {
    if (!graph) return;
    let isNewest = true;
    const held = heldRef.current;
    const isAnew = held === null || held.choice !== choice;
    const { arrangement, unplaced } = arranged(graph, isAnew ? new Map() : held.arrangement);
    const take = (layouts: Arrangement, generation: number) => {
      const all = [...layouts.values()];
      const stretch = isAnew ? stretchOf(all) : held.stretch;
      heldRef.current = { arrangement: layouts, choice, generation, stretch };
      // A thousand nodes take a while to be drawn: whoever types or clicks meanwhile comes first.
      startTransition(() => setPlaced({ graph, placement: stacked(all, graph, stretch), generation }));
    };
    const generation = (held?.generation ?? 0) + (isAnew ? 1 : 0);
    if (unplaced.length === 0) take(arrangement, generation);
    else {
      void laidOut(kernel, graph, unplaced).then((layouts) => {
        if (isNewest)
          take(new Map([...arrangement, ...layouts.map((layout) => [layout.dc, layout] as const)]), generation);
      });
    }
    return () => {
      isNewest = false;
    };
  }, [graph, choice, kernel]);
  return placed;
}

async function laidOut(kernel: LayoutKernel, graph: DrawnGraph, dcs: readonly string[]): Promise<LaneLayout[]> {
  const layers = layersOf(graph);
  const lanes = graph.lanes.filter(({ dc }) => dcs.includes(dc));
  return Promise.all(
    lanes.map(async (lane) => {
      // Without the kernel a column's nodes stand in the order of their names: legible, if not beautiful.
      const plain = lane.nodes.map((id, row) => ({ id, y: row }));
      const children = await kernel.layOut(elkLane(lane, graph, layers)).catch(() => plain);
      return readElkLane(lane.dc, children, layers);
    }),
  );
}

function useKernel(): LayoutKernel {
  const [kernel] = useState(() => new LayoutKernel());
  useEffect(() => {
    kernel.warmUp();
    return () => kernel.close();
  }, [kernel]);
  return kernel;
}
