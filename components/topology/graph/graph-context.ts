'use client';

import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { TopologyNode } from '@/lib/topology/topology-body';
import type { EdgeSummary } from '@/lib/topology/view/edge-summary';
import type { Tally } from '@/lib/topology/view/tally';
import { GraphMarks } from './graph-marks';
import { GraphRecords } from './graph-records';

export interface GraphParts {
  readonly records: GraphRecords;
  readonly marks: GraphMarks;
}

export const newGraphParts = (): GraphParts => ({ records: new GraphRecords(), marks: new GraphMarks() });

export const GraphContext = createContext<GraphParts>(newGraphParts());

/** The record of a service; undefined where it has gone and is about to be drawn no longer. */
export function useNodeRecord(key: string): TopologyNode | undefined {
  const { records } = useContext(GraphContext);
  return useSubscribed(records, key, () => records.node(key));
}

/** How a group fares, or what is folded away. */
export function useTally(id: string): Tally {
  const { records } = useContext(GraphContext);
  return useSubscribed(records, id, () => records.tally(id));
}

export function useEdgeSummary(id: string): EdgeSummary {
  const { records } = useContext(GraphContext);
  return useSubscribed(records, id, () => records.summary(id));
}

/** Words for `data-mark`; undefined: none. */
export function useMark(id: string): string | undefined {
  const { marks } = useContext(GraphContext);
  return useSubscribed(marks, id, () => marks.markOf(id)) || undefined;
}

interface Source {
  subscribe(id: string, listener: () => void): () => void;
}

function useSubscribed<T>(source: Source, id: string, read: () => T): T {
  const subscribe = useCallback((listener: () => void) => source.subscribe(id, listener), [source, id]);
  return useSyncExternalStore(subscribe, read, read);
}
