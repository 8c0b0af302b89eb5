import type { TopologyEdge } from './topology-body';

/**
 * Whether what is at the start of an edge needs what is at its end. Calls do, declared or observed, and so does a name whose traffic a route leads on. An intention
 * permits a call and a failover waits for one, so neither is a need; what an intention denies is none either, unless traffic was seen there all the same.
 */
export function isNeed({ kinds, allowed }: TopologyEdge): boolean {
  if (kinds.includes('observed') || kinds.includes('route')) return true;
  const isDeclared = kinds.includes('upstream') || kinds.includes('declared') || kinds.includes('gateway');
  return isDeclared && allowed !== false;
}

/** Whether it goes through the mesh, where Consul's chain leads it on when its destination fails. Who resolves a name by himself is not led. */
export const isThroughMesh = ({ kinds }: TopologyEdge): boolean =>
  kinds.includes('upstream') || kinds.includes('gateway') || kinds.includes('route');
