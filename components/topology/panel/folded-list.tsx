'use client';

import { type ReactNode, useState } from 'react';
import { useText } from '@/components/ui/text-provider';
import styles from './panel.module.css';

interface FoldedListProps {
  readonly items: readonly ReactNode[];
  /** So many are shown at first. */
  readonly most?: number;
  /** Of what is folded away. */
  readonly moreWords?: (count: number) => string;
}

const MOST = 8;

/** A list of which the first are shown, the rest when it is wanted. */
export function FoldedList({ items, most = MOST, moreWords }: FoldedListProps) {
  const words = useText().topology.panel;
  const [isOpen, open] = useState(false);
  const rest = items.length - most;
  const shown = isOpen ? items : items.slice(0, most);
  return (
    <>
      {shown.length > 0 ? <ul className={styles.list}>{shown}</ul> : null}
      {rest > 0 ? (
        <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {isOpen ? words.fewer : (moreWords ?? words.more)(rest)}
        </button>
      ) : null}
    </>
  );
}
