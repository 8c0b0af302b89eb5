'use client';

import { useText } from '@/components/ui/text-provider';
import type { Status } from '@/lib/fleet/model';
import styles from './legend.module.css';

const order: readonly Status[] = ['passing', 'maintenance', 'warning', 'critical', 'unknown'];

/** What the bars mean: height tells as much as colour. */
export function Legend() {
  const text = useText();
  return (
    <ul className={styles.legend} aria-label={text.timeline.legend}>
      {order.map((status) => (
        <li key={status}>
          <i data-status={status} />
          {text.status[status]}
        </li>
      ))}
      <li>
        <sup>k</sup> {text.timeline.lanes.ofKnown}
      </li>
    </ul>
  );
}
