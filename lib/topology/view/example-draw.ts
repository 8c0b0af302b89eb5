import type { TopologyBody } from '@/lib/topology/topology-body';
import { type DrawOptions, drawGraph } from './draw-graph';
import type { DrawnGraph } from './drawn';
import { graphIndex } from './graph-index';

/** For tests: what is drawn of a body, with nothing wished for but what is said. */
export function exampleDraw(body: TopologyBody, wishes: Partial<DrawOptions> = {}): DrawnGraph {
  const names = body.datacenters.map(({ name }) => name);
  return drawGraph(graphIndex(body.nodes, body.edges), names, { ...exampleWishes, ...wishes });
}

const exampleWishes: DrawOptions = {
  dc: null,
  edges: 'all',
  hidden: new Set(),
  focus: null,
  grouping: { by: 'service' },
  open: new Set(),
  sought: new Set(),
  drawnBefore: new Set(),
};
