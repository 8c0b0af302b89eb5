import type { ColumnSort } from './column-sort';
import type { NodeRow } from './node-row';
import { compareNames, severity } from './rank';

export const nodeColumns = ['status', 'node', 'dc', 'address', 'services', 'since'] as const;
export type NodeColumn = (typeof nodeColumns)[number];

export type NodeSort = ColumnSort<NodeColumn>;

export const worstNodesFirst: NodeSort = { column: 'status', descending: false };

/** Worst first: the status, then who has been so for longer, then the name. Freshness has no say, as with services. */
export function compareWorstNodeFirst(a: NodeRow, b: NodeRow): number {
  return (
    severity(a.node.status) - severity(b.node.status) ||
    (a.node.status === 'passing' ? 0 : Date.parse(a.node.since) - Date.parse(b.node.since)) ||
    compareNames(a.node.name, b.node.name) ||
    compareNames(a.dc, b.dc)
  );
}

const ascending: Record<NodeColumn, (a: NodeRow, b: NodeRow) => number> = {
  status: (a, b) => severity(a.node.status) - severity(b.node.status),
  node: (a, b) => compareNames(a.node.name, b.node.name),
  dc: (a, b) => compareNames(a.dc, b.dc),
  // By its numbers, for 10.0.0.9 stands before 10.0.0.10.
  address: (a, b) => compareNames(a.node.address, b.node.address),
  services: (a, b) => a.node.services.length - b.node.services.length,
  // By how long it has been so: the latest change has lasted the shortest.
  since: (a, b) => Date.parse(b.node.since) - Date.parse(a.node.since),
};

/** A new, sorted array. Equals stand worst first in either direction, so the order is total. */
export function sortNodes(rows: readonly NodeRow[], sort: NodeSort): NodeRow[] {
  const compare = ascending[sort.column];
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b) || compareWorstNodeFirst(a, b));
}
