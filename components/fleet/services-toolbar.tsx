'use client';

import segmented from '@/components/ui/segmented.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { ServiceList } from '@/lib/fleet/service-list';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import styles from './services.module.css';
import type { ListOptions } from './use-list-options';

/** Counts of what the filter leaves, by status, and how the list is arranged. */
export function ServicesToolbar({ list, options }: { list: ServiceList | undefined; options: ListOptions }) {
  const text = useText();
  return (
    <div className={styles.toolbar}>
      <ul className={styles.counts}>
        {list
          ? SERVICE_SEVERITY.filter((status) => status !== 'unknown' || list.counts.unknown > 0).map((status) => (
              <li key={status} data-zero={list.counts[status] === 0 || undefined}>
                <StatusIcon status={status} />
                <b>{text.number(list.counts[status])}</b> {text.status[status]}
              </li>
            ))
          : null}
      </ul>
      <fieldset className={`${segmented.group} ${styles.arrange}`} aria-label={text.list.arrange}>
        <button type="button" aria-pressed={options.grouped} onClick={() => options.setGrouped(true)}>
          {text.list.grouped}
        </button>
        <button type="button" aria-pressed={!options.grouped} onClick={() => options.setGrouped(false)}>
          {text.list.flat}
        </button>
      </fieldset>
    </div>
  );
}
