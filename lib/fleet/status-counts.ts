import type { ServiceRecord, Status } from './model';

export type StatusCounts = Readonly<Record<Status, number>>;

const none: StatusCounts = { critical: 0, warning: 0, maintenance: 0, unknown: 0, passing: 0 };

/** A service's instances by status; what is in `instances` and in no count is unknown. */
export function instanceCounts(service: ServiceRecord): StatusCounts {
  const { passing, warning, critical, maintenance } = service;
  const unknown = Math.max(0, service.instances - passing - warning - critical - maintenance);
  return { critical, warning, maintenance, unknown, passing };
}

/** All instances of the given services by status. */
export function sumInstanceCounts(services: Iterable<ServiceRecord>): StatusCounts {
  const sum: Record<Status, number> = { ...none };
  for (const service of services) {
    const counts = instanceCounts(service);
    for (const status of Object.keys(sum) as Status[]) sum[status] += counts[status];
  }
  return sum;
}

/** How many of the given have which status. */
export function countByStatus(records: Iterable<{ readonly status: Status }>): StatusCounts {
  const counts: Record<Status, number> = { ...none };
  for (const { status } of records) counts[status] += 1;
  return counts;
}
