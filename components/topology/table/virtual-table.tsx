'use client';

import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import { OrderOffer } from '@/components/ui/grid/order-offer';
import { SortHead } from '@/components/ui/grid/sort-head';
import { useFocusOnMove } from '@/components/ui/grid/use-focus-on-move';
import { useGridKeys } from '@/components/ui/grid/use-grid-keys';
import { useHeldOrder } from '@/components/ui/grid/use-held-order';
import type { ColumnSort } from '@/lib/fleet/column-sort';
import { type SortValue, sortedRows } from '@/lib/topology/around/sort-rows';
import styles from './table.module.css';
import { useScrolledRows } from './use-scrolled-rows';

export interface Column<Row, Name extends string> {
  readonly name: Name;
  readonly head: string;
  /** As of a grid's column. */
  readonly width: string;
  readonly isNumber?: boolean;
  readonly value: (row: Row) => SortValue;
  /** What stands there; the text of `value` if it is left out. */
  readonly cell?: (row: Row) => ReactNode;
}

interface VirtualTableProps<Row, Name extends string> {
  readonly label: string;
  readonly columns: readonly [Column<Row, Name>, ...Column<Row, Name>[]];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly sort: ColumnSort<Name>;
  readonly setSort: (sort: ColumnSort<Name>) => void;
  /** Names what the reader has asked for: with another the rows take their new places at once. */
  readonly view: string;
  /** Id of the one that the panel tells of. */
  readonly chosen: string | null;
  /** What stands in the place of the rows where there are none. */
  readonly children: ReactNode;
}

/** ARIA in HTML allows it on a table, and its rows and cells take their roles from it. */
const grid = { role: 'grid' } as const;
const foldNothing = () => {};

/** A table that can be sorted by every column, and of which only the rows in sight exist; arrows move between all, Enter opens one. */
export function VirtualTable<Row, Name extends string>(props: VirtualTableProps<Row, Name>) {
  const { label, columns, rows, idOf, sort, setSort, view, chosen, children } = props;
  const by = columns.find(({ name }) => name === sort.column) ?? columns[0];
  const wanted = useMemo(() => {
    const sorted = sortedRows(rows, by.value, idOf, sort.descending);
    return sorted.map((row) => ({ kind: 'row', id: idOf(row), row }) as const);
  }, [rows, by, idOf, sort.descending]);
  const current = useMemo(() => new Map(wanted.map((item) => [item.id, item])), [wanted]);
  const { items, handlers, ...offer } = useHeldOrder(wanted, current, `${view} ${sort.column} ${sort.descending}`);
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = useGridKeys(items, foldNothing);
  const idAt = useCallback((index: number) => items[index]?.item.id ?? String(index), [items]);
  const { shown, heightPx, scrollTo } = useScrolledRows(scroller, items.length, idAt, keys.activeIndex);
  useFocusOnMove(keys.move, body, items, scrollTo);
  const template = { '--columns': columns.map(({ width }) => width).join(' ') } as React.CSSProperties;
  return (
    <div ref={scroller} className={styles.scroller} style={template}>
      <table {...grid} className={styles.table} aria-label={label} aria-rowcount={items.length + 1} {...handlers}>
        <thead>
          <tr aria-rowindex={1} className={styles.head}>
            {columns.map(({ name, head, isNumber = false }) => (
              <SortHead
                key={name}
                column={name}
                className={isNumber ? styles.number : undefined}
                sort={sort}
                setSort={setSort}
                mostFirst={isNumber}
              >
                {head}
              </SortHead>
            ))}
          </tr>
        </thead>
        <tbody ref={body} className={styles.body} style={{ height: heightPx }} onKeyDown={keys.onKeyDown}>
          {shown.map(({ index, startPx }) => {
            const held = items[index];
            if (!held) return null;
            const { id, row } = held.item;
            return (
              <tr
                key={id}
                className={styles.row}
                data-key={id}
                data-gone={held.gone || undefined}
                data-chosen={id === chosen || undefined}
                aria-rowindex={index + 2}
                tabIndex={index === keys.activeIndex ? 0 : -1}
                style={{ transform: `translateY(${startPx}px)` }}
                onFocus={() => keys.activate(id)}
              >
                {columns.map(({ name, isNumber = false, value, cell }) => (
                  <td key={name} className={isNumber ? styles.number : undefined}>
                    {cell ? cell(row) : value(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={styles.offer}>
        <OrderOffer {...offer} />
      </div>
      {items.length === 0 ? children : null}
    </div>
  );
}
