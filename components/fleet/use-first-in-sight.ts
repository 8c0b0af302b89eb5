'use client';

import { useDeferredValue } from 'react';

/** So many fill the height of the list. */
const AT_ONCE = 20;

/** When many come at once, those in sight and those that were there; the rest a frame later. What else the page has to say does not wait for rows that nobody sees yet. */
export function useFirstInSight<Item>(items: readonly Item[]): readonly Item[] {
  const before = useDeferredValue(items);
  if (before === items) return items;
  const kept = new Set(before);
  return items.filter((item, at) => at < AT_ONCE || kept.has(item));
}
