import type { FleetBody, FreshnessState, Status } from './model';
import { compareWorstFirst } from './rank';
import { believed, type ServiceRow, serviceRows } from './service-row';

interface PartNotLive {
  readonly dc: string;
  readonly state: Exclude<FreshnessState, 'live'>;
  readonly since: string;
}

/**
 * What is to be said of a fleet in one sentence. `notLive`: the part that the sentence cannot vouch for. `partial`: the datacenters of which it is said that are
 * seen in part only.
 */
export type Verdict =
  /** Consul has named no datacenter yet, or the chosen one does not exist. */
  | { readonly kind: 'none' }
  /** Nothing can be vouched for. */
  | { readonly kind: 'lost'; readonly notLive: readonly PartNotLive[]; readonly services: number }
  /** No service is registered. */
  | {
      readonly kind: 'empty';
      readonly notLive: readonly PartNotLive[];
      readonly partial: readonly string[];
      readonly datacenters: number;
    }
  | {
      readonly kind: 'wrong';
      readonly notLive: readonly PartNotLive[];
      /** The worst status that a service has, and how many have it. */
      readonly status: Exclude<Status, 'passing'>;
      readonly count: number;
      readonly worst: ServiceRow;
    }
  | {
      readonly kind: 'passing';
      readonly notLive: readonly PartNotLive[];
      readonly partial: readonly string[];
      /** Of the datacenters that are live. */
      readonly services: number;
      readonly datacenters: number;
    };

/**
 * Judges the fleet, or one datacenter of it. `connected`: this reader hears the server. What was wrong in a datacenter that is no longer live still
 * counts as wrong; what was well there does not count as well.
 */
export function judge(fleet: FleetBody, connected: boolean, dc: string | null = null): Verdict {
  const datacenters = fleet.datacenters.filter((datacenter) => dc === null || datacenter.name === dc);
  if (datacenters.length === 0) return { kind: 'none' };
  const notLive = datacenters.flatMap(({ name, freshness }) => {
    const state = believed(freshness.state, connected);
    return state === 'live' ? [] : [{ dc: name, state, since: freshness.since }];
  });
  const rows = serviceRows(fleet, connected, dc);
  if (notLive.length === datacenters.length) return { kind: 'lost', notLive, services: rows.length };
  const wrong = rows.filter(({ service }) => service.status !== 'passing').sort(compareWorstFirst);
  const [first] = wrong;
  if (first && first.service.status !== 'passing') {
    const { status } = first.service;
    const as = wrong.filter((row) => row.service.status === status);
    // Of those that are as bad, one that is so now is named before one that was so when last seen.
    const worst = as.find(({ freshness }) => freshness === 'live') ?? first;
    return { kind: 'wrong', notLive, status, count: as.length, worst };
  }
  const live = datacenters.filter(({ freshness }) => believed(freshness.state, connected) === 'live');
  const partial = live.filter((datacenter) => datacenter.partial).map(({ name }) => name);
  if (rows.length === 0) return { kind: 'empty', notLive, partial, datacenters: live.length };
  const services = rows.filter(({ freshness }) => freshness === 'live').length;
  return { kind: 'passing', notLive, partial, services, datacenters: live.length };
}
