import type { NodeAmongOthers } from '@/lib/filter/topology-fields';
import { parsePair } from '@/lib/fleet/keys';
import type { FreshnessState } from '@/lib/fleet/model';
import { isNeed } from '@/lib/topology/dependence';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { graphOf } from './graph-of';

/** The services of a body as a filter sees them; whom they call is looked up only where it is asked for. */
export function amongOthers(body: TopologyBody): NodeAmongOthers[] {
  const states = new Map<string, FreshnessState>(
    body.datacenters.map(({ name, freshness }) => [name, freshness.state]),
  );
  const name = (key: string) => graphOf(body).nodes.get(key)?.name ?? parsePair(key)?.name ?? key;
  return body.nodes.map((node) => ({
    node,
    freshness: states.get(node.dc) ?? 'lost',
    calls: () =>
      graphOf(body)
        .out(node.key)
        .filter(isNeed)
        .map(({ to }) => name(to)),
    calledBy: () =>
      graphOf(body)
        .in(node.key)
        .filter(isNeed)
        .map(({ from }) => name(from)),
  }));
}
