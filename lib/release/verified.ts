import type { Check, Instance } from '@/lib/fleet/model';
import { isMaintenanceCheck } from '@/lib/fleet/status';

/** Checks that only say that a machine is there: Consul's gossip, and the ping that Consul ESM keeps for nodes without an agent. */
const NODE_IS_THERE = ['serfHealth', 'externalNodeHealth'];

/**
 * Whether anything looks at the instance itself: a check of its own, or one of its node that says more than that the node is there. Without one Consul serves it
 * as passing, and nobody ever saw it serve: it gets no share. Maintenance is no check in this sense, for it says nothing of health.
 */
export function isVerified({ checks }: { readonly checks: readonly Pick<Check, 'id' | 'scope'>[] }): boolean {
  return checks.some(
    ({ id, scope }) => !isMaintenanceCheck(id) && (scope === 'service' || !NODE_IS_THERE.includes(id)),
  );
}

/**
 * Whether it takes traffic and may: passing or warning, as Consul serves it, by a check that looks at it, which at this status has answered. One that is gone from
 * Consul's answers takes none.
 */
export function isInTraffic(
  instance: Pick<Instance, 'status' | 'unconfirmed'> & Parameters<typeof isVerified>[0],
): boolean {
  const { status, unconfirmed } = instance;
  return (status === 'passing' || status === 'warning') && !unconfirmed && isVerified(instance);
}
