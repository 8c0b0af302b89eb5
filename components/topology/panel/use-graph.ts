'use client';

import { useTopologyScene } from '@/components/topology/topology-scene';
import { graphOf } from '@/lib/topology/around/graph-of';
import type { TopologyGraph } from '@/lib/topology/topology-graph';

/** What the page shows, to walk about in; null before the first body. */
export function useGraph(): TopologyGraph | null {
  const { body } = useTopologyScene();
  return body ? graphOf(body) : null;
}
