'use client';

import type { ReactNode } from 'react';
import { ListGrid } from '@/components/observed/list-grid';
import grid from '@/components/observed/list-grid.module.css';
import { SortHead } from '@/components/ui/grid/sort-head';
import { useText } from '@/components/ui/text-provider';
import type { NodeList } from '@/lib/fleet/node-list';
import type { NodeColumn, NodeSort } from '@/lib/fleet/sort-nodes';
import styles from './node-grid.module.css';
import { showNode } from './node-row';

interface NodeGridProps {
  readonly list: NodeList | undefined;
  readonly view: string;
  readonly sort: NodeSort;
  readonly setSort: (sort: NodeSort) => void;
  readonly toggle: (id: string) => void;
  /** What stands in the place of the rows where there are none. */
  readonly children: ReactNode;
}

/** The list of nodes. */
export function NodeGrid({ list, view, sort, setSort, toggle, children }: NodeGridProps) {
  const text = useText();
  const { empty, emptyWhenLastSeen } = text.nodes;
  const { lost, denied } = text.datacenters;
  const sortable = (column: NodeColumn, className?: string) => (
    <SortHead column={column} className={className} sort={sort} setSort={setSort} mostFirst={column === 'services'}>
      {text.nodes.column[column]}
    </SortHead>
  );
  return (
    <ListGrid
      list={list}
      view={view}
      label={text.pages.nodes}
      columns={7}
      className={styles.table}
      head={(offer) => (
        <tr aria-rowindex={1} className={grid.head}>
          {sortable('status')}
          {sortable('node')}
          {sortable('dc', styles.dc)}
          {sortable('address', styles.address)}
          {sortable('services', `${grid.number} ${styles.services}`)}
          {sortable('since', grid.number)}
          <th className={styles.runs}>
            {text.nodes.runs}
            <span className={grid.offer}>{offer}</span>
          </th>
        </tr>
      )}
      showRow={showNode}
      emptyWords={{ live: empty, stale: emptyWhenLastSeen, lost, denied }}
      toggle={toggle}
    >
      {children}
    </ListGrid>
  );
}
