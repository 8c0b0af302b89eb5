'use client';

import type { ReactNode } from 'react';
import grid from '@/components/observed/list-grid.module.css';
import { SortHead } from '@/components/ui/grid/sort-head';
import { useText } from '@/components/ui/text-provider';
import type { ServiceSort, SortColumn } from '@/lib/fleet/sort-services';
import styles from './service-grid.module.css';

interface GridHeadProps {
  readonly sort: ServiceSort;
  readonly setSort: (sort: ServiceSort) => void;
  /** Stands where the eye is when the order has changed. */
  readonly offer: ReactNode;
}

export function GridHead({ sort, setSort, offer }: GridHeadProps) {
  const text = useText();
  const sortable = (column: SortColumn, className?: string) => (
    <SortHead
      key={column}
      column={column}
      className={className}
      sort={sort}
      setSort={setSort}
      mostFirst={column === 'instances'}
    >
      {text.services.column[column]}
    </SortHead>
  );
  return (
    <tr aria-rowindex={1} className={grid.head}>
      {sortable('status')}
      {sortable('service')}
      {sortable('dc', styles.dc)}
      {sortable('passing', styles.passing)}
      {sortable('instances', grid.number)}
      <th className={styles.versions}>{text.services.versions}</th>
      {sortable('since', grid.number)}
      <th className={styles.what}>{text.services.what}</th>
      <th className={styles.tags}>
        {text.services.tags}
        <span className={grid.offer}>{offer}</span>
      </th>
    </tr>
  );
}
