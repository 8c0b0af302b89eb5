'use client';

import type { FreshnessState } from '@/lib/fleet/model';

export interface LiveFreshness {
  readonly state: FreshnessState;
  /** Age of the last proof of life in ms, counted on by the second; null: never. */
  readonly lastContactMs: number | null;
  readonly reason: string | null;
  readonly since: string;
}

/** How old what is shown of a datacenter may be. Without a connection to Lictor it is at best stale. */
export function useFreshness(_dc: string): LiveFreshness {
  return { state: 'stale', lastContactMs: null, reason: null, since: new Date(0).toISOString() };
}
