'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { AlertLine } from '@/lib/alerts/view/alert-list';
import styles from './alert-list.module.css';

interface FoldLineProps {
  readonly item: Extract<AlertLine, { kind: 'inside' | 'more' }>;
  readonly index: number;
  readonly style: CSSProperties;
  readonly tabIndex: number;
  readonly onFocus: () => void;
  readonly toggle: (id: string) => void;
}

/** A line that stands for alerts that are not shown: those that the one above explains, or what is over. */
export function FoldLine({ item, index, style, tabIndex, onFocus, toggle }: FoldLineProps) {
  const text = useText();
  const { kind, id, count, open } = item;
  const Chevron = open ? ChevronDown : ChevronRight;
  const words = kind === 'inside' ? text.alerts.inside(count) : open ? text.alerts.fewer : text.alerts.more(count);
  return (
    <li className={styles.fold} style={style} data-line={index} data-inside={kind === 'inside' || undefined}>
      <button type="button" aria-expanded={open} {...{ tabIndex, onFocus }} onClick={() => toggle(id)}>
        <Chevron size={14} aria-hidden="true" />
        {words}
      </button>
    </li>
  );
}
