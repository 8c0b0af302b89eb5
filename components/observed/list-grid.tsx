'use client';

import { type ReactNode, useMemo, useRef } from 'react';
import { Card } from '@/components/ui/card';
import { OrderOffer } from '@/components/ui/grid/order-offer';
import { useFocusOnMove } from '@/components/ui/grid/use-focus-on-move';
import { useGridKeys } from '@/components/ui/grid/use-grid-keys';
import { useHeldOrder } from '@/components/ui/grid/use-held-order';
import { useRowWindow } from '@/components/ui/grid/use-row-window';
import { useText } from '@/components/ui/text-provider';
import type { GroupedList, ListItem } from '@/lib/fleet/grouped-list';
import type { FreshnessState } from '@/lib/fleet/model';
import { GridRow, type ShowRow } from './grid-row';
import styles from './list-grid.module.css';

interface ListGridProps<Row> {
  /** undefined before the first answer. */
  readonly list: GroupedList<string, Row> | undefined;
  /** Names what the reader has asked for: with another the rows take their new places at once. */
  readonly view: string;
  readonly label: string;
  readonly columns: number;
  /** Of the table; it sets `--columns`, the widths of the head's and every row's columns. */
  readonly className: string | undefined;
  /** The head's row; `offer` stands where the eye is when the order has changed. */
  readonly head: (offer: ReactNode) => ReactNode;
  /** The same function for as long as the list is mounted. */
  readonly showRow: ShowRow<Row>;
  readonly emptyWords: Readonly<Record<FreshnessState, string>>;
  readonly toggle: (id: string) => void;
  /** What stands in the place of the rows where there are none. */
  readonly children: ReactNode;
}

/** ARIA in HTML allows it on a table, and its rows and cells take their roles from it. */
const treegrid = { role: 'treegrid' } as const;

/** A list as a tree grid: only the rows on screen exist, arrows move between all of them. */
export function ListGrid<Row>(props: ListGridProps<Row>) {
  const { list, view, label, columns, className, head, showRow, emptyWords, toggle, children } = props;
  const text = useText();
  const wanted = useMemo((): readonly ListItem<string, Row>[] => list?.items ?? [], [list]);
  const current = useMemo(() => new Map(wanted.map((item) => [item.id, item])), [wanted]);
  const { items, handlers, ...offer } = useHeldOrder(wanted, current, view);
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = useGridKeys(items, toggle);
  const { rows, heightPx, scrollTo } = useRowWindow(body, items, keys.activeIndex);
  useFocusOnMove(keys.move, body, items, scrollTo);

  return (
    <>
      <Card className={styles.card}>
        <table
          {...treegrid}
          className={`${styles.table} ${className}`}
          aria-label={label}
          aria-rowcount={items.length + 1}
          aria-colcount={columns}
          {...handlers}
        >
          <thead>{head(<OrderOffer {...offer} />)}</thead>
          <tbody ref={body} className={styles.body} style={{ height: heightPx }} onKeyDown={keys.onKeyDown}>
            {rows.map(({ index, startPx }) => {
              const held = items[index];
              return held ? (
                <GridRow
                  key={held.item.id}
                  item={held.item}
                  gone={held.gone}
                  index={index}
                  startPx={startPx}
                  active={index === keys.activeIndex}
                  activate={keys.activate}
                  toggle={toggle}
                  showRow={showRow}
                  emptyWords={emptyWords}
                />
              ) : null;
            })}
          </tbody>
        </table>
        {items.length === 0 ? children : null}
      </Card>
      <div className={styles.foot}>
        <span className={styles.keys}>
          <span>
            <kbd>↑</kbd>
            <kbd>↓</kbd> {text.list.keys.move}
          </span>
          <span>
            <kbd>Enter</kbd> {text.list.keys.open}
          </span>
          <span>
            <kbd>←</kbd>
            <kbd>→</kbd> {text.list.keys.fold}
          </span>
          <span>
            <kbd>/</kbd> {text.list.keys.filter}
          </span>
        </span>
        {list ? text.list.shown(list.matching - list.folded, list.folded) : null}
      </div>
    </>
  );
}
