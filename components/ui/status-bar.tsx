'use client';

import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { StatusCounts } from '@/lib/fleet/status-counts';
import styles from './status.module.css';
import { useText } from './text-provider';

/** Proportions of statuses as one bar, the worst at its beginning. */
export function StatusBar({ counts, heightPx }: { counts: StatusCounts; heightPx: number }) {
  const text = useText();
  const present = SERVICE_SEVERITY.filter((status) => counts[status] > 0).map(
    (status) => [status, counts[status]] as const,
  );
  return (
    <span
      className={styles.bar}
      style={{ height: heightPx }}
      role="img"
      aria-label={text.counts.byStatus(present)}
      data-paint
    >
      {present.map(([status, count]) => (
        <span key={status} className={styles.part} data-tone={status} style={{ flexGrow: count }} />
      ))}
    </span>
  );
}
