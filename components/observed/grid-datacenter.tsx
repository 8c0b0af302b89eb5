'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useFreshnessMark } from '@/components/live/use-freshness-mark';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { ListItem } from '@/lib/fleet/grouped-list';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { DatacenterFreshness } from './datacenter-freshness';
import type { GridFrame } from './grid-row';
import styles from './list-grid.module.css';

interface GridDatacenterProps {
  readonly item: Extract<ListItem<'row', unknown>, { kind: 'datacenter' }>;
  readonly frame: GridFrame;
  readonly toggle: (id: string) => void;
}

/** The line above a datacenter's records: how fresh it is, and how many of them are in which state. */
export function GridDatacenter({ item, frame, toggle }: GridDatacenterProps) {
  const text = useText();
  const mark = useFreshnessMark();
  const { id, dc, freshness, counts, open } = item;
  const Chevron = open ? ChevronDown : ChevronRight;
  const worst = SERVICE_SEVERITY.find((status) => counts[status] > 0) ?? 'passing';
  return (
    <tr
      {...frame}
      aria-level={1}
      aria-expanded={open}
      data-key={encodeURIComponent(dc)}
      data-status={worst}
      data-freshness={mark(freshness)}
    >
      <td>
        <button type="button" className={styles.groupName} tabIndex={-1} onClick={() => toggle(id)}>
          <Chevron size={15} aria-hidden="true" />
          <b>{dc}</b>
          <DatacenterFreshness dc={dc} />
        </button>
      </td>
      <td className={styles.groupCounts}>
        {SERVICE_SEVERITY.filter((status) => counts[status] > 0).map((status) => (
          <span key={status} title={text.status[status]}>
            <StatusIcon status={status} />
            <b>{text.number(counts[status])}</b>
            <span className={styles.groupWord}>{text.status[status]}</span>
          </span>
        ))}
      </td>
    </tr>
  );
}
