import type { FleetBody, FreshnessState } from './model';
import { severity } from './rank';
import { believed, type ServiceRow, serviceRows } from './service-row';
import { type ServiceSort, sortServices } from './sort-services';
import { countByStatus, type StatusCounts } from './status-counts';
import { filterWords, matchesWords } from './text-filter';

/** A line of the list of services; `id` is unique in the list and stays with what the line stands for. */
export type ServiceListItem =
  | {
      readonly kind: 'datacenter';
      readonly id: string;
      readonly dc: string;
      readonly freshness: FreshnessState;
      readonly services: StatusCounts;
      readonly open: boolean;
    }
  | { readonly kind: 'service'; readonly id: string; readonly row: ServiceRow }
  | {
      readonly kind: 'healthy';
      readonly id: string;
      readonly count: number;
      readonly open: boolean;
      /** The worst freshness of those that it stands for. */
      readonly freshness: FreshnessState;
    }
  /** A datacenter without a service. */
  | { readonly kind: 'empty'; readonly id: string; readonly dc: string; readonly freshness: FreshnessState };

export interface ServiceListOptions {
  readonly connected: boolean;
  /** null: all. */
  readonly dc: string | null;
  readonly query: string;
  readonly sort: ServiceSort;
  readonly grouped: boolean;
  /** Ids of datacenters and healthy folds whose reader wants them the other way than they are at first. */
  readonly toggled: ReadonlySet<string>;
}

export interface ServiceList {
  readonly items: readonly ServiceListItem[];
  /** Of the services that match, folded or not. */
  readonly counts: StatusCounts;
  readonly matching: number;
  readonly folded: number;
}

/** More healthy services than this in one place are folded at first: screens full of what is well tell nothing. */
export const FOLD_HEALTHY_OVER = 40;

/** The lines of the list of services, in order. A filter opens every fold: what was asked for is shown. */
export function serviceList(fleet: FleetBody, options: ServiceListOptions): ServiceList {
  const words = filterWords(options.query);
  const rows = serviceRows(fleet, options.connected, options.dc).filter((row) => matchesWords(row, words));
  const foldable = words.length === 0 && options.sort.column === 'status' && !options.sort.descending;
  const place = (sorted: readonly ServiceRow[], id: string) => foldHealthy(sorted, id, foldable, options.toggled);
  const items = options.grouped
    ? groups(fleet, rows, options, words.length > 0, place)
    : place(sortServices(rows, options.sort), 'healthy:');
  const shown = items.filter(({ kind }) => kind === 'service').length;
  return {
    items,
    counts: countByStatus(rows.map(({ service }) => service)),
    matching: rows.length,
    folded: rows.length - shown,
  };
}

type Place = (sorted: readonly ServiceRow[], id: string) => ServiceListItem[];

function groups(
  fleet: FleetBody,
  rows: readonly ServiceRow[],
  { connected, dc, sort, toggled }: ServiceListOptions,
  filtered: boolean,
  place: Place,
): ServiceListItem[] {
  const groupsInOrder = fleet.datacenters
    .filter(({ name }) => dc === null || name === dc)
    .map((datacenter) => ({
      datacenter,
      rows: sortServices(
        rows.filter((row) => row.dc === datacenter.name),
        sort,
      ),
    }));
  // By the worst status alone, not by counts: whole datacenters must not change places at each flip.
  if (sort.column === 'status') {
    const worst = (group: (typeof groupsInOrder)[number]) => severity(group.rows[0]?.service.status ?? 'passing');
    groupsInOrder.sort((a, b) => (sort.descending ? worst(b) - worst(a) : worst(a) - worst(b)));
  }
  return groupsInOrder.flatMap(({ datacenter, rows: inGroup }): ServiceListItem[] => {
    if (inGroup.length === 0 && filtered) return [];
    const { name, freshness } = datacenter;
    const id = `datacenter:${name}`;
    const state = believed(freshness.state, connected);
    const open = !toggled.has(id);
    const services = countByStatus(inGroup.map(({ service }) => service));
    const header = { kind: 'datacenter', id, dc: name, freshness: state, services, open } as const;
    if (!open) return [header];
    if (inGroup.length === 0) return [header, { kind: 'empty', id: `empty:${name}`, dc: name, freshness: state }];
    return [header, ...place(inGroup, `healthy:${name}`)];
  });
}

function foldHealthy(
  sorted: readonly ServiceRow[],
  id: string,
  foldable: boolean,
  toggled: ReadonlySet<string>,
): ServiceListItem[] {
  const lines = (rows: readonly ServiceRow[]): ServiceListItem[] =>
    rows.map((row) => ({ kind: 'service', id: `service:${row.service.key}`, row }));
  if (!foldable) return lines(sorted);
  const healthy = sorted.filter(({ service }) => service.status === 'passing');
  if (healthy.length <= FOLD_HEALTHY_OVER) return lines(sorted);
  const open = toggled.has(id);
  return [
    ...lines(sorted.filter(({ service }) => service.status !== 'passing')),
    { kind: 'healthy', id, count: healthy.length, open, freshness: leastFresh(healthy) },
    ...(open ? lines(healthy) : []),
  ];
}

const fromFresh: readonly FreshnessState[] = ['live', 'stale', 'lost', 'denied'];

function leastFresh(rows: readonly ServiceRow[]): FreshnessState {
  const ranks = rows.map(({ freshness }) => fromFresh.indexOf(freshness));
  return fromFresh[Math.max(0, ...ranks)] ?? 'live';
}
