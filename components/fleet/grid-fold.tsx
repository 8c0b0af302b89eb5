'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import type { ServiceListItem } from '@/lib/fleet/service-list';
import type { GridFrame } from './grid-row';
import styles from './service-grid.module.css';

interface GridFoldProps {
  readonly item: Extract<ServiceListItem, { kind: 'healthy' | 'empty' }>;
  readonly frame: GridFrame;
  readonly toggle: (id: string) => void;
}

/** A line that stands for what is not shown: the healthy services of a place, or that there are none at all. */
export function GridFold({ item, frame, toggle }: GridFoldProps) {
  const text = useText();
  if (item.kind === 'empty') {
    const words = {
      live: text.datacenters.empty,
      stale: text.datacenters.emptyWhenLastSeen,
      lost: text.datacenters.lost,
      denied: text.datacenters.denied,
    }[item.freshness];
    return (
      <tr {...frame} aria-level={2} data-freshness={item.freshness}>
        <td>{words}</td>
      </tr>
    );
  }
  const Chevron = item.open ? ChevronDown : ChevronRight;
  return (
    <tr {...frame} aria-level={2} aria-expanded={item.open} data-freshness={item.freshness}>
      <td>
        <button type="button" className={styles.groupName} tabIndex={-1} onClick={() => toggle(item.id)}>
          <Chevron size={15} aria-hidden="true" />
          {item.freshness === 'live'
            ? text.services.healthy(item.count)
            : text.services.healthyWhenLastSeen(item.count)}
        </button>
      </td>
    </tr>
  );
}
