import { FROM_FRESH } from './freshness';
import type { FreshnessState, Status } from './model';
import { severity } from './rank';
import { countByStatus, type StatusCounts } from './status-counts';

/** One record of one datacenter, as a list has it. */
interface ListedRow {
  readonly dc: string;
  readonly freshness: FreshnessState;
}

interface ListedRecord {
  readonly key: string;
  readonly status: Status;
  /** How many of its checks flap. */
  readonly flapping?: number | null;
}

/** What flaps is not well because it passes at the moment. */
const isHealthy = ({ status, flapping }: ListedRecord): boolean => status === 'passing' && !flapping;

/** A line of a list of records; `id` is unique in the list and stays with what the line stands for. */
export type ListItem<Kind extends string, Row> =
  | {
      readonly kind: 'datacenter';
      readonly id: string;
      readonly dc: string;
      readonly freshness: FreshnessState;
      /** Of its records in the list, folded or not. */
      readonly counts: StatusCounts;
      readonly open: boolean;
    }
  | { readonly kind: Kind; readonly id: string; readonly row: Row }
  | {
      readonly kind: 'healthy';
      readonly id: string;
      readonly count: number;
      readonly open: boolean;
      /** The worst freshness of those that it stands for. */
      readonly freshness: FreshnessState;
    }
  /** A datacenter without a record. */
  | { readonly kind: 'empty'; readonly id: string; readonly dc: string; readonly freshness: FreshnessState };

/** What the list is made of, and how. */
export interface ListContent<Kind extends string, Row extends ListedRow> {
  readonly kind: Kind;
  readonly rows: readonly Row[];
  /** Every datacenter that the list is of, in the fleet's own order, with how far it can be believed. */
  readonly datacenters: readonly ListedRow[];
  /** The record that a row stands for. */
  readonly recordOf: (row: Row) => ListedRecord;
  readonly sort: (rows: readonly Row[]) => Row[];
  /** `rows` is what a filter has left: every fold is open, and a datacenter without a row is not in the list. */
  readonly filtered: boolean;
  readonly byStatus: 'worst-first' | 'best-first' | null;
}

export interface ListArrangement {
  readonly grouped: boolean;
  /** Ids of datacenters and healthy folds whose reader wants them the other way than they are at first. */
  readonly toggled: ReadonlySet<string>;
}

export interface GroupedList<Kind extends string, Row> {
  readonly items: readonly ListItem<Kind, Row>[];
  /** Of the records that match, folded or not. */
  readonly counts: StatusCounts;
  readonly matching: number;
  readonly folded: number;
}

/** More healthy records than this in one place are folded at first: screens full of what is well tell nothing. */
export const FOLD_HEALTHY_OVER = 40;

/** The lines of a list, in order: by datacenter or in one, long stretches of healthy records folded while the worst stand first. */
export function groupedList<Kind extends string, Row extends ListedRow>(
  content: ListContent<Kind, Row>,
  arrangement: ListArrangement,
): GroupedList<Kind, Row> {
  const { rows, recordOf, sort } = content;
  const items = arrangement.grouped
    ? groups(content, arrangement.toggled)
    : foldHealthy(content, sort(rows), 'healthy:', arrangement.toggled);
  const shown = items.filter((item) => 'row' in item).length;
  return { items, counts: countByStatus(rows.map(recordOf)), matching: rows.length, folded: rows.length - shown };
}

function groups<Kind extends string, Row extends ListedRow>(
  content: ListContent<Kind, Row>,
  toggled: ReadonlySet<string>,
): ListItem<Kind, Row>[] {
  const { rows, datacenters, recordOf, sort, filtered, byStatus } = content;
  const inOrder = datacenters.map(({ dc, freshness }) => ({
    dc,
    freshness,
    rows: sort(rows.filter((row) => row.dc === dc)),
  }));
  // By the worst status alone, not by counts: whole datacenters must not change places at each flip.
  if (byStatus !== null) {
    const worst = ({ rows: [first] }: (typeof inOrder)[number]) =>
      severity(first === undefined ? 'passing' : recordOf(first).status);
    inOrder.sort((a, b) => (byStatus === 'best-first' ? worst(b) - worst(a) : worst(a) - worst(b)));
  }
  return inOrder.flatMap(({ dc, freshness, rows: inGroup }): ListItem<Kind, Row>[] => {
    if (inGroup.length === 0 && filtered) return [];
    const id = `datacenter:${dc}`;
    const open = !toggled.has(id);
    const header = {
      kind: 'datacenter',
      id,
      dc,
      freshness,
      counts: countByStatus(inGroup.map(recordOf)),
      open,
    } as const;
    if (!open) return [header];
    if (inGroup.length === 0) return [header, { kind: 'empty', id: `empty:${dc}`, dc, freshness }];
    return [header, ...foldHealthy(content, inGroup, `healthy:${dc}`, toggled)];
  });
}

function foldHealthy<Kind extends string, Row extends ListedRow>(
  { kind, recordOf, filtered, byStatus }: ListContent<Kind, Row>,
  sorted: readonly Row[],
  id: string,
  toggled: ReadonlySet<string>,
): ListItem<Kind, Row>[] {
  const lines = (rows: readonly Row[]): ListItem<Kind, Row>[] =>
    rows.map((row) => ({ kind, id: `${kind}:${recordOf(row).key}`, row }));
  if (filtered || byStatus !== 'worst-first') return lines(sorted);
  const healthy = sorted.filter((row) => isHealthy(recordOf(row)));
  if (healthy.length <= FOLD_HEALTHY_OVER) return lines(sorted);
  const open = toggled.has(id);
  return [
    ...lines(sorted.filter((row) => !isHealthy(recordOf(row)))),
    { kind: 'healthy', id, count: healthy.length, open, freshness: leastFresh(healthy) },
    ...(open ? lines(healthy) : []),
  ];
}

function leastFresh(rows: readonly ListedRow[]): FreshnessState {
  const ranks = rows.map(({ freshness }) => FROM_FRESH.indexOf(freshness));
  return FROM_FRESH[Math.max(0, ...ranks)] ?? 'live';
}
