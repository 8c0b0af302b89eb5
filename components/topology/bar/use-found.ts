'use client';

import { useState } from 'react';
import type { NodeAmongOthers } from '@/lib/filter/topology-fields';

type Matches = (record: NodeAmongOthers) => boolean;

/** Keys of what matches; null where nothing is asked. The same set for as long as the same match, whatever else of them changes. */
export function useFound(rows: readonly NodeAmongOthers[], matches: Matches | null): ReadonlySet<string> | null {
  const [kept, keep] = useState<ReadonlySet<string> | null>(null);
  if (matches === null) {
    if (kept !== null) keep(null);
    return null;
  }
  const found = rows.filter(matches).map(({ node }) => node.key);
  if (kept?.size === found.length && found.every((key) => kept.has(key))) return kept;
  const next = new Set(found);
  keep(next);
  return next;
}
