'use client';

import { useMemo, useRef, useState } from 'react';
import { OrderOffer } from '@/components/ui/grid/order-offer';
import { useHeldOrder } from '@/components/ui/grid/use-held-order';
import { useText } from '@/components/ui/text-provider';
import type { Silence } from '@/lib/alerts/alert-body';
import type { AlertLine } from '@/lib/alerts/view/alert-list';
import styles from './alert-list.module.css';
import { AlertRow } from './alert-row';
import { FoldLine } from './fold-line';
import { useLineKeys } from './use-line-keys';
import { useLineWindow } from './use-line-window';

interface AlertListProps {
  readonly lines: readonly AlertLine[];
  readonly silences: readonly Silence[] | undefined;
  /** Names what the reader has asked for: with another the lines take their new places at once. */
  readonly view: string;
  /** Id of the alert that is shown; null: none. */
  readonly shown: string | null;
  readonly toggle: (id: string) => void;
}

/** Alerts by state, the worst first. Lines keep their places while somebody points at them or moves between them; only those on screen exist. */
export function AlertList({ lines: wanted, silences, view, shown, toggle }: AlertListProps) {
  const text = useText();
  const scroller = useRef<HTMLElement>(null);
  const current = useMemo(() => new Map(wanted.map((line) => [line.id, line])), [wanted]);
  const { items: lines, handlers, ...offer } = useHeldOrder(wanted, current, view);
  const [activeId, setActive] = useState<string | null>(null);
  const activeAt = lines.findIndex(({ item }) => item.id === activeId);
  const shownAt = lines.findIndex(({ item }) => item.id === shown);
  const firstAt = lines.findIndex(({ item }) => item.kind !== 'group');
  const active = activeAt >= 0 ? activeAt : shownAt >= 0 ? shownAt : firstAt;
  const { rows, heightPx, scrollTo } = useLineWindow(scroller, lines, active);
  const onKeyDown = useLineKeys({ lines, shown, toggle, scrollTo, list: scroller }, active, setActive);
  const silenceOf = useMemo(() => new Map(silences?.map((silence) => [silence.id, silence])), [silences]);
  const titles = useMemo(
    () => new Map(wanted.flatMap((line) => (line.kind === 'alert' ? [[line.id, line.alert]] : []))),
    [wanted],
  );

  return (
    <nav ref={scroller} className={styles.list} aria-label={text.alerts.list} {...handlers} onKeyDown={onKeyDown}>
      {offer.moved ? (
        <div className={styles.offer}>
          <OrderOffer {...offer} />
        </div>
      ) : null}
      <ol className={styles.lines} style={{ height: heightPx }}>
        {rows.map(({ index, startPx }) => {
          const held = lines[index];
          if (!held) return null;
          const { item, gone } = held;
          const style = { transform: `translateY(${startPx}px)` };
          if (item.kind === 'group') {
            return (
              <li key={item.id} className={styles.group} style={style} data-line={index}>
                <h2>{text.alerts.group[item.group]}</h2> {text.number(item.count)}
              </li>
            );
          }
          const tabIndex = index === active ? 0 : -1;
          const onFocus = () => setActive(item.id);
          if (item.kind !== 'alert') {
            return <FoldLine key={item.id} {...{ item, index, style, tabIndex, onFocus, toggle }} />;
          }
          const { alert, inside } = item;
          const cause = alert.suppressedBy === null || inside ? undefined : titles.get(alert.suppressedBy);
          return (
            <AlertRow
              key={item.id}
              {...{ alert, inside, index, startPx, tabIndex, gone, cause }}
              silence={silenceOf.get(alert.silencedBy[0] ?? '')}
              current={item.id === shown}
              activate={setActive}
            />
          );
        })}
      </ol>
    </nav>
  );
}
