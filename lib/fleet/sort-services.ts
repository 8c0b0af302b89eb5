import type { ColumnSort } from './column-sort';
import { compareNames, compareWorstFirst, severity } from './rank';
import type { ServiceRow } from './service-row';

export const sortColumns = ['status', 'service', 'dc', 'passing', 'instances', 'since'] as const;
export type SortColumn = (typeof sortColumns)[number];

export type ServiceSort = ColumnSort<SortColumn>;

export const worstFirst: ServiceSort = { column: 'status', descending: false };

/** Share of passing instances, 0 to 1; without instances there is nothing that passes. */
const passingShare = ({ service }: ServiceRow): number =>
  service.instances === 0 ? 0 : service.passing / service.instances;

const ascending: Record<SortColumn, (a: ServiceRow, b: ServiceRow) => number> = {
  status: (a, b) => severity(a.service.status) - severity(b.service.status),
  service: (a, b) => compareNames(a.service.name, b.service.name),
  dc: (a, b) => compareNames(a.dc, b.dc),
  passing: (a, b) => passingShare(a) - passingShare(b),
  instances: (a, b) => a.service.instances - b.service.instances,
  // By how long it has been so: the latest change has lasted the shortest.
  since: (a, b) => Date.parse(b.service.since) - Date.parse(a.service.since),
};

/** A new, sorted array. Equals stand worst first in either direction, so the order is total. */
export function sortServices(rows: readonly ServiceRow[], sort: ServiceSort): ServiceRow[] {
  const compare = ascending[sort.column];
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b) || compareWorstFirst(a, b));
}
