'use client';

import { Command } from 'cmdk';
import { StatusIcon } from '@/components/ui/status-icon';
import { visibleLine } from '@/lib/text/visible-text';
import type { Found } from './found';
import styles from './search-dialog.module.css';

interface SearchGroupProps {
  readonly heading: string;
  readonly found: readonly Found[];
  readonly go: (href: string) => void;
}

/** Things of one kind that the search has found. */
export function SearchGroup({ heading, found, go }: SearchGroupProps) {
  if (found.length === 0) return null;
  return (
    <Command.Group className={styles.group} heading={heading}>
      {found.map(({ href, key, name, place, status, freshness }) => (
        <Command.Item
          key={key}
          value={href}
          className={styles.item}
          data-key={key}
          data-status={status}
          data-freshness={freshness}
          onSelect={() => go(href)}
        >
          <StatusIcon status={status} />
          <bdi className={styles.name}>{visibleLine(name)}</bdi>
          <span className={styles.aside}>{visibleLine(place)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
