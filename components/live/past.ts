'use client';

import { createContext, useContext } from 'react';
import type { FleetBody } from '@/lib/fleet/model';
import type { RecentChange } from '@/lib/stream/recent-changes';

/** A moment of the past in the place of the live fleet: below it every live hook answers as of then. */
export interface Past {
  /** Ms since 1970. */
  readonly atMs: number;
  /** undefined while it is being read. */
  readonly fleet: FleetBody | undefined;
  /** Transitions of services that led to it, newest first. */
  readonly recent: readonly RecentChange[];
  /** Since when `recent` tells, ms since 1970. */
  readonly recentFromMs: number;
}

export const PastContext = createContext<Past | null>(null);

/** The moment of the past that is shown here; null: what is shown is live. */
export const usePast = (): Past | null => useContext(PastContext);
