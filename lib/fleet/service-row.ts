import type { FleetBody, FreshnessState, ServiceRecord } from './model';

/** One service of one datacenter, with what a list needs to know of that datacenter. */
export interface ServiceRow {
  readonly dc: string;
  readonly service: ServiceRecord;
  readonly freshness: FreshnessState;
}

/**
 * How far a datacenter can be believed by this reader: what the server says of it, and at best stale while the reader hears nothing of
 * the server.
 */
export function believed(state: FreshnessState, connected: boolean): FreshnessState {
  return !connected && state === 'live' ? 'stale' : state;
}

/** Whether a list would show the same for both: rows are made anew at each change of the fleet, their services are not. */
export function sameRow(a: ServiceRow, b: ServiceRow): boolean {
  return a.service === b.service && a.freshness === b.freshness && a.dc === b.dc;
}

/** All services of all datacenters, or of the chosen one, in the fleet's own order. */
export function serviceRows(fleet: FleetBody, connected: boolean, dc: string | null = null): ServiceRow[] {
  return fleet.datacenters
    .filter((datacenter) => dc === null || datacenter.name === dc)
    .flatMap((datacenter) => {
      const freshness = believed(datacenter.freshness.state, connected);
      return datacenter.services.map((service) => ({ dc: datacenter.name, service, freshness }));
    });
}
