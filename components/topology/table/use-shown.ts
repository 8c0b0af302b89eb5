'use client';

import { useMemo } from 'react';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import { isShownEdge } from '@/lib/topology/view/shown-edges';

const noNodes: readonly TopologyNode[] = [];
const noEdges: readonly TopologyEdge[] = [];

/** What is looked at of the body, by the datacenter that is chosen, by what is looked for and what is hidden. An edge is where one of its ends is. */
export function useShown(): { readonly nodes: readonly TopologyNode[]; readonly edges: readonly TopologyEdge[] } {
  const { body, found, hidden } = useTopologyScene();
  const { edges: shown } = useTopologyOptions();
  const [dc] = useDatacenterChoice();
  const [allNodes, allEdges] = [body?.nodes ?? noNodes, body?.edges ?? noEdges];
  return useMemo(() => {
    const isWanted = (key: string) => found === null || found.has(key);
    const nodes = allNodes.filter(
      (node) => (dc === null || node.dc === dc) && isWanted(node.key) && !hidden.has(node.key),
    );
    const kept = new Set(nodes.map(({ key }) => key));
    const edges = allEdges.filter(
      (edge) =>
        (kept.has(edge.from) || kept.has(edge.to)) &&
        !hidden.has(edge.from) &&
        !hidden.has(edge.to) &&
        isShownEdge(edge, shown),
    );
    return { nodes, edges };
  }, [allNodes, allEdges, found, hidden, shown, dc]);
}
