'use client';

import type { LivePhase } from '@/lib/stream/live-phase';

export interface ConnectionState {
  readonly phase: LivePhase;
  /** Server-corrected ms since 1970, comparable with `useNow`; null before the first event. */
  readonly lastEventAtMs: number | null;
}

/** How the tab's connection to Lictor is. */
export function useConnection(): ConnectionState {
  return { phase: 'reconnecting', lastEventAtMs: null };
}
