'use client';

import { Fragment } from 'react';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { useMomentChoice } from '@/components/ui/use-moment-choice';
import type { TransitionItem } from '@/lib/history/transition-item';
import styles from './panel.module.css';
import { TransitionRow } from './transition-row';

/** Transitions, newest first, with a line where another day begins, and one where the moment stands that is shown. */
export function TransitionList({ items }: { items: readonly TransitionItem[] }) {
  const clock = useClockText();
  const [atMs] = useMomentChoice();
  const day = (item: TransitionItem) => clock.tick({ atMs: Date.parse(item.observedAt), unit: 'day' });
  const firstEarlier = atMs === null ? -1 : items.findIndex(({ observedAt }) => Date.parse(observedAt) <= atMs);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <ol className={styles.rows} tabIndex={0}>
      {items.map((item, index) => {
        const above = items[index - 1];
        return (
          <Fragment key={item.id}>
            {atMs !== null && index === firstEarlier ? <Here atMs={atMs} /> : null}
            {above && day(above) !== day(item) ? <li className={styles.day}>{day(item)}</li> : null}
            <TransitionRow item={item} later={atMs !== null && (firstEarlier < 0 || index < firstEarlier)} />
          </Fragment>
        );
      })}
    </ol>
  );
}

function Here({ atMs }: { atMs: number }) {
  const text = useText();
  const clock = useClockText();
  return (
    <li className={styles.here}>
      <b>{clock.timeOfDay(atMs)}</b>
      {text.timeline.panel.here}
    </li>
  );
}
