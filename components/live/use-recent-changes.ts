'use client';

import { useSyncExternalStore } from 'react';
import type { RecentChange } from '@/lib/stream/recent-changes';
import { useLive } from './context';

export type { RecentChange };

const NONE: readonly RecentChange[] = [];

/** Service transitions that this tab has seen, newest first, at most 50. */
export function useRecentChanges(): readonly RecentChange[] {
  const { core } = useLive();
  return useSyncExternalStore(
    core.subscribe,
    () => core.recentChanges(),
    () => NONE,
  );
}
