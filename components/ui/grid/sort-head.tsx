'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import type { ColumnSort } from '@/lib/fleet/column-sort';
import styles from './sort-head.module.css';

interface SortHeadProps<Column extends string> {
  readonly column: Column;
  /** The column's name in the reader's words. */
  readonly children: string;
  readonly className: string | undefined;
  readonly sort: ColumnSort<Column>;
  readonly setSort: (sort: ColumnSort<Column>) => void;
  /** What a first click wants: the most; else the smallest, the worst, the latest. */
  readonly mostFirst?: boolean;
}

/** The head of a column that the list can be sorted by. */
export function SortHead<Column extends string>(props: SortHeadProps<Column>) {
  const { column, children, className, sort, setSort, mostFirst = false } = props;
  const text = useText();
  const sorted = sort.column === column;
  const descending = sorted ? !sort.descending : mostFirst;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <th className={className} aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={styles.button}
        onClick={() => setSort({ column, descending })}
        title={text.list.sortBy(children)}
      >
        {children}
        {sorted ? <Arrow size={13} aria-hidden="true" /> : null}
      </button>
    </th>
  );
}
