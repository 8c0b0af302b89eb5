'use client';

import { useMemo, useRef } from 'react';
import { Card } from '@/components/ui/card';
import { OrderOffer } from '@/components/ui/grid/order-offer';
import { useFocusOnMove } from '@/components/ui/grid/use-focus-on-move';
import { useGridKeys } from '@/components/ui/grid/use-grid-keys';
import { useHeldOrder } from '@/components/ui/grid/use-held-order';
import { useRowWindow } from '@/components/ui/grid/use-row-window';
import { useText } from '@/components/ui/text-provider';
import type { ServiceList, ServiceListItem } from '@/lib/fleet/service-list';
import { GridHead } from './grid-head';
import { GridRow } from './grid-row';
import { NoServices } from './no-services';
import styles from './service-grid.module.css';
import type { ListOptions } from './use-list-options';

interface ServiceGridProps {
  readonly list: ServiceList | undefined;
  readonly view: string;
  readonly options: ListOptions;
  readonly toggle: (id: string) => void;
}

const nothing: readonly ServiceListItem[] = [];

/** ARIA in HTML allows it on a table, and its rows and cells take their roles from it. */
const treegrid = { role: 'treegrid' } as const;

/** The list as a tree grid: only the rows on screen exist, arrows move between all of them. */
export function ServiceGrid({ list, view, options, toggle }: ServiceGridProps) {
  const text = useText();
  const wanted = list?.items ?? nothing;
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
          className={styles.table}
          aria-label={text.pages.services}
          aria-rowcount={items.length + 1}
          aria-colcount={9}
          {...handlers}
        >
          <thead>
            <GridHead sort={options.sort} setSort={options.setSort} offer={<OrderOffer {...offer} />} />
          </thead>
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
                />
              ) : null;
            })}
          </tbody>
        </table>
        {items.length === 0 ? <NoServices query={options.query} /> : null}
      </Card>
      <div className={styles.foot}>
        <span className={styles.keys}>
          <span>
            <kbd>↑</kbd>
            <kbd>↓</kbd> {text.services.keys.move}
          </span>
          <span>
            <kbd>Enter</kbd> {text.services.keys.open}
          </span>
          <span>
            <kbd>←</kbd>
            <kbd>→</kbd> {text.services.keys.fold}
          </span>
          <span>
            <kbd>/</kbd> {text.services.keys.filter}
          </span>
        </span>
        {list ? text.services.shown(list.matching - list.folded, list.folded) : null}
      </div>
    </>
  );
}
