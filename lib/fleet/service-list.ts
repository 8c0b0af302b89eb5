import { type GroupedList, groupedList, type ListArrangement } from './grouped-list';
import type { FleetBody } from './model';
import { believed, type ServiceRow, serviceRows } from './service-row';
import { type ServiceSort, sortServices } from './sort-services';

export interface ServiceListOptions extends ListArrangement {
  readonly connected: boolean;
  /** null: all. */
  readonly dc: string | null;
  /** What a filter leaves; null: there is none. */
  readonly matches: ((row: ServiceRow) => boolean) | null;
  readonly sort: ServiceSort;
}

export type ServiceList = GroupedList<'service', ServiceRow>;

/** The lines of the list of services, in order. A filter opens every fold: what was asked for is shown. */
export function serviceList(fleet: FleetBody, options: ServiceListOptions): ServiceList {
  const { connected, dc, sort, matches } = options;
  const rows = serviceRows(fleet, connected, dc);
  const content = {
    kind: 'service',
    rows: matches === null ? rows : rows.filter(matches),
    datacenters: fleet.datacenters
      .filter(({ name }) => dc === null || name === dc)
      .map(({ name, freshness }) => ({ dc: name, freshness: believed(freshness.state, connected) })),
    recordOf: ({ service }: ServiceRow) => service,
    sort: (rows: readonly ServiceRow[]) => sortServices(rows, sort),
    filtered: matches !== null,
    byStatus: sort.column === 'status' ? (sort.descending ? 'best-first' : 'worst-first') : null,
  } as const;
  return groupedList(content, options);
}
