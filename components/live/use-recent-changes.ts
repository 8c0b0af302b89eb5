'use client';

import { useSyncExternalStore } from 'react';
import type { RecentChange } from '@/lib/stream/recent-changes';
import { useLive } from './context';
import { usePast } from './past';

export type { RecentChange };

const NONE: readonly RecentChange[] = [];

/** Service transitions that this tab has seen, or that led to the moment of the past that is shown: newest first, at most 50. */
export function useRecentChanges(): readonly RecentChange[] {
  const { core } = useLive();
  const past = usePast();
  const seen = useSyncExternalStore(
    core.subscribe,
    () => core.recentChanges(),
    () => NONE,
  );
  return past?.recent ?? seen;
}
