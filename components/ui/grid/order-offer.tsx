'use client';

import { useText } from '@/components/ui/text-provider';
import styles from './order-offer.module.css';

/** Offers the order that is true now to a reader whose rows were kept in place. */
export function OrderOffer({ moved, waiting, apply }: { moved: boolean; waiting: number; apply: () => void }) {
  const text = useText();
  return (
    <span className={styles.place} aria-live="polite">
      {moved ? (
        <button type="button" className={styles.offer} onClick={apply}>
          {text.order.changed}
          {waiting > 0 ? text.comma + text.order.waiting(waiting) : ''}: <b>{text.order.apply}</b>
        </button>
      ) : null}
    </span>
  );
}
