import type { TopologyBody } from '@/lib/topology/topology-body';
import { type TopologyGraph, topologyGraph } from '@/lib/topology/topology-graph';

const graphs = new WeakMap<TopologyBody, TopologyGraph>();

/** A body to walk about in, made once however many ask. */
export function graphOf(body: TopologyBody): TopologyGraph {
  const made = graphs.get(body) ?? topologyGraph(body);
  graphs.set(body, made);
  return made;
}
