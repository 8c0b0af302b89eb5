'use client';

import { useText } from '@/components/ui/text-provider';
import styles from './alerts-page.module.css';

/** What can be done by keyboard, beside Enter, which opens. */
export function AlertKeys() {
  const { keys } = useText().alerts;
  return (
    <p className={styles.keys}>
      <span>
        <kbd>j</kbd>
        <kbd>k</kbd> {keys.move}
      </span>
      <span>
        <kbd>a</kbd> {keys.acknowledge}
      </span>
      <span>
        <kbd>s</kbd> {keys.silence}
      </span>
    </p>
  );
}
