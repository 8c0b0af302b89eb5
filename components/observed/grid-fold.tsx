'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useFreshnessMark } from '@/components/live/use-freshness-mark';
import { useText } from '@/components/ui/text-provider';
import type { ListItem } from '@/lib/fleet/grouped-list';
import type { FreshnessState } from '@/lib/fleet/model';
import type { GridFrame } from './grid-row';
import styles from './list-grid.module.css';

interface GridFoldProps {
  readonly item: Extract<ListItem<'row', unknown>, { kind: 'healthy' | 'empty' }>;
  readonly frame: GridFrame;
  readonly toggle: (id: string) => void;
  readonly emptyWords: Readonly<Record<FreshnessState, string>>;
}

/** A line that stands for what is not shown: the healthy records of a place, or that there are none at all. */
export function GridFold({ item, frame, toggle, emptyWords }: GridFoldProps) {
  const text = useText();
  const mark = useFreshnessMark();
  if (item.kind === 'empty') {
    return (
      <tr {...frame} aria-level={2} data-freshness={mark(item.freshness)}>
        <td>{emptyWords[item.freshness]}</td>
      </tr>
    );
  }
  const Chevron = item.open ? ChevronDown : ChevronRight;
  return (
    <tr {...frame} aria-level={2} aria-expanded={item.open} data-freshness={mark(item.freshness)}>
      <td>
        <button type="button" className={styles.groupName} tabIndex={-1} onClick={() => toggle(item.id)}>
          <Chevron size={15} aria-hidden="true" />
          {item.freshness === 'live' ? text.list.healthy(item.count) : text.list.healthyWhenLastSeen(item.count)}
        </button>
      </td>
    </tr>
  );
}
