import { type GroupedList, groupedList, type ListArrangement } from './grouped-list';
import type { NodesBody } from './model';
import { type NodeRow, nodeRows } from './node-row';
import { believed } from './service-row';
import { type NodeSort, sortNodes } from './sort-nodes';

export interface NodeListOptions extends ListArrangement {
  readonly connected: boolean;
  /** null: all. */
  readonly dc: string | null;
  readonly sort: NodeSort;
  /** What a filter leaves; null: there is none. */
  readonly matches: ((row: NodeRow) => boolean) | null;
}

export type NodeList = GroupedList<'node', NodeRow>;

/** The lines of the list of nodes, in order. A filter opens every fold: what was asked for is shown. */
export function nodeList(body: NodesBody, options: NodeListOptions): NodeList {
  const { connected, dc, sort, matches } = options;
  const rows = nodeRows(body, connected, dc);
  const content = {
    kind: 'node',
    rows: matches === null ? rows : rows.filter(matches),
    datacenters: body.datacenters
      .filter(({ name }) => dc === null || name === dc)
      .map(({ name, freshness }) => ({ dc: name, freshness: believed(freshness.state, connected) })),
    recordOf: ({ node }: NodeRow) => node,
    sort: (unsorted: readonly NodeRow[]) => sortNodes(unsorted, sort),
    filtered: matches !== null,
    byStatus: sort.column === 'status' ? (sort.descending ? 'best-first' : 'worst-first') : null,
  } as const;
  return groupedList(content, options);
}
