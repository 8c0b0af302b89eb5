'use client';

import segmented from '@/components/ui/segmented.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { StatusCounts } from '@/lib/fleet/status-counts';
import styles from './list-toolbar.module.css';

interface ListToolbarProps {
  /** undefined before the first answer. */
  readonly counts: StatusCounts | undefined;
  readonly grouped: boolean;
  readonly setGrouped: (grouped: boolean) => void;
}

/** Counts of what the filter leaves, by status, and how the list is arranged. */
export function ListToolbar({ counts, grouped, setGrouped }: ListToolbarProps) {
  const text = useText();
  return (
    <div className={styles.toolbar}>
      <ul className={styles.counts}>
        {counts
          ? SERVICE_SEVERITY.filter((status) => status !== 'unknown' || counts.unknown > 0).map((status) => (
              <li key={status} data-zero={counts[status] === 0 || undefined}>
                <StatusIcon status={status} />
                <b>{text.number(counts[status])}</b> {text.status[status]}
              </li>
            ))
          : null}
      </ul>
      <fieldset className={`${segmented.group} ${styles.arrange}`} aria-label={text.list.arrange}>
        <button type="button" aria-pressed={grouped} onClick={() => setGrouped(true)}>
          {text.list.grouped}
        </button>
        <button type="button" aria-pressed={!grouped} onClick={() => setGrouped(false)}>
          {text.list.flat}
        </button>
      </fieldset>
    </div>
  );
}
