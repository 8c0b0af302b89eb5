'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

interface Tab {
  /** As `?tab=` in the URL; the first needs none. */
  readonly id: string;
  readonly name: string;
  readonly content: ReactNode;
}

/** Views of one thing, of which one is shown. Which one is in the URL, so that a link shows the same and Back goes back. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly [Tab, ...Tab[]] }) {
  const [first] = tabs;
  const ids = tabs.map(({ id }) => id);
  const [chosen, choose] = useQueryState(
    'tab',
    parseAsStringLiteral(ids).withDefault(first.id).withOptions({ history: 'push' }),
  );
  if (tabs.length === 1) return first.content;
  return (
    <RadixTabs.Root value={chosen} onValueChange={choose}>
      <RadixTabs.List className={styles.list} aria-label={label}>
        {tabs.map(({ id, name }) => (
          <RadixTabs.Trigger key={id} value={id} className={styles.tab}>
            {name}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map(({ id, content }) => (
        <RadixTabs.Content key={id} value={id}>
          {content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
