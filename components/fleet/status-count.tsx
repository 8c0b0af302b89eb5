'use client';

import { Glow } from '@/components/ui/glow';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { Status } from '@/lib/fleet/model';
import styles from './datacenter-card.module.css';

/** A number with the shape and the word of its status; a nought steps back. */
export function StatusCount({ status, count }: { status: Status; count: number }) {
  const text = useText();
  return (
    <div className={styles.count} data-tone={status} data-zero={count === 0 || undefined}>
      <StatusIcon status={status} size={16} />
      <b>{text.number(count)}</b>
      <span>{text.status[status]}</span>
      <Glow of={String(count)} />
    </div>
  );
}
