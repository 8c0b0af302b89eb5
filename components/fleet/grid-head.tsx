'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { ServiceSort, SortColumn } from '@/lib/fleet/sort-services';
import styles from './service-grid.module.css';

interface GridHeadProps {
  readonly sort: ServiceSort;
  readonly setSort: (sort: ServiceSort) => void;
  /** Stands where the eye is when the order has changed. */
  readonly offer: ReactNode;
}

/** What a first click on a column wants: most instances, else the smallest, the worst, the latest. */
const descendingFirst: ReadonlySet<SortColumn> = new Set<SortColumn>(['instances']);

export function GridHead({ sort, setSort, offer }: GridHeadProps) {
  const text = useText();
  const sortable = (column: SortColumn) => <SortHead key={column} column={column} sort={sort} setSort={setSort} />;
  return (
    <tr aria-rowindex={1} className={styles.head}>
      {sortable('status')}
      {sortable('service')}
      {sortable('dc')}
      {sortable('passing')}
      {sortable('instances')}
      <th className={styles.versions}>{text.services.versions}</th>
      {sortable('since')}
      <th className={styles.what}>{text.services.what}</th>
      <th className={styles.tags}>
        {text.services.tags}
        <span className={styles.offer}>{offer}</span>
      </th>
    </tr>
  );
}

function SortHead({ column, sort, setSort }: { column: SortColumn } & Omit<GridHeadProps, 'offer'>) {
  const text = useText();
  const sorted = sort.column === column;
  const next = sorted ? !sort.descending : descendingFirst.has(column);
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <th className={styles[column]} aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        onClick={() => setSort({ column, descending: next })}
        title={text.services.sortBy(text.services.column[column])}
      >
        {text.services.column[column]}
        {sorted ? <Arrow size={13} aria-hidden="true" /> : null}
      </button>
    </th>
  );
}
