import type { FleetBody } from './model';

/**
 * Whether it can be said that something is not there which the fleet does not have: of a datacenter that is in sight, and of one that Consul does
 * not name although it names others.
 */
export function isAbsenceKnown({ datacenters }: FleetBody, dc: string): boolean {
  const datacenter = datacenters.find(({ name }) => name === dc);
  return datacenter ? datacenter.freshness.state === 'live' : datacenters.length > 0;
}
