import { serviceKey } from './keys';
import type { FleetBody, FleetDatacenter, FreshnessState, ServiceRecord, Status } from './model';

/** Fleets for tests of what is concluded from a fleet: say what matters, the rest is plain. */

const since = '2026-01-15T02:00:00.000Z';

/** A service whose instances have the given statuses. */
export function exampleService(
  dc: string,
  name: string,
  instances: readonly Status[],
  rest: Partial<ServiceRecord> = {},
): ServiceRecord {
  const count = (status: Status) => instances.filter((one) => one === status).length;
  const order: Status[] = ['critical', 'warning', 'maintenance', 'unknown', 'passing'];
  return {
    key: serviceKey(dc, name),
    name,
    status: order.find((status) => count(status) > 0) ?? 'unknown',
    instances: instances.length,
    passing: count('passing'),
    warning: count('warning'),
    critical: count('critical'),
    maintenance: count('maintenance'),
    versions: { '1.0.0': instances.length },
    flapping: null,
    tags: [],
    since,
    sinceAtLeast: false,
    worst: null,
    unconfirmed: 0,
    ...rest,
  };
}

export function exampleDatacenter(
  name: string,
  services: readonly ServiceRecord[],
  state: FreshnessState = 'live',
): FleetDatacenter {
  const reason = state === 'live' ? null : 'No answer from Consul.';
  return {
    name,
    freshness: { state, since, lastContactMs: 400, reason },
    partial: false,
    leader: '127.0.0.1:8300',
    unconfirmed: null,
    services: [...services],
  };
}

export function exampleFleet(...datacenters: FleetDatacenter[]): FleetBody {
  const consul = { address: 'http://127.0.0.1:8500', reachable: true, since, reason: null };
  return { epoch: 1_768_442_400_000, seq: 1, at: since, datacenters, consul };
}
