'use client';

import type { Status } from '@/lib/fleet/model';
import styles from './status.module.css';
import { StatusIcon } from './status-icon';
import { useText } from './text-provider';

/** A status as shape, word and colour. */
export function StatusWord({ status }: { status: Status }) {
  const text = useText();
  return (
    <span className={styles.word} data-tone={status} data-paint>
      <StatusIcon status={status} />
      {text.status[status]}
    </span>
  );
}
