import { type GroupedList, groupedList, type ListArrangement, type ListItem } from './grouped-list';
import type { FleetBody } from './model';
import { believed, type ServiceRow, serviceRows } from './service-row';
import { type ServiceSort, sortServices } from './sort-services';
import { filterWords, matchesWords } from './text-filter';

export interface ServiceListOptions extends ListArrangement {
  readonly connected: boolean;
  /** null: all. */
  readonly dc: string | null;
  readonly query: string;
  readonly sort: ServiceSort;
}

export type ServiceListItem = ListItem<'service', ServiceRow>;
export type ServiceList = GroupedList<'service', ServiceRow>;

/** The lines of the list of services, in order. A filter opens every fold: what was asked for is shown. */
export function serviceList(fleet: FleetBody, options: ServiceListOptions): ServiceList {
  const { connected, dc, sort } = options;
  const words = filterWords(options.query);
  const content = {
    kind: 'service',
    rows: serviceRows(fleet, connected, dc).filter((row) => matchesWords(row, words)),
    datacenters: fleet.datacenters
      .filter(({ name }) => dc === null || name === dc)
      .map(({ name, freshness }) => ({ dc: name, freshness: believed(freshness.state, connected) })),
    recordOf: ({ service }: ServiceRow) => service,
    sort: (rows: readonly ServiceRow[]) => sortServices(rows, sort),
    filtered: words.length > 0,
    byStatus: sort.column === 'status' ? (sort.descending ? 'best-first' : 'worst-first') : null,
  } as const;
  return groupedList(content, options);
}
