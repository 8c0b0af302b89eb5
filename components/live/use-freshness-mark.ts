'use client';

import { useCallback } from 'react';
import type { FreshnessState } from '@/lib/fleet/model';
import { usePast } from './past';

/** What `data-freshness` says of a state: nothing that is shown of the past is live, whatever it was then. */
export function useFreshnessMark(): (state: FreshnessState) => FreshnessState | 'past' {
  const past = usePast() !== null;
  return useCallback((state) => (past && state === 'live' ? 'past' : state), [past]);
}
