'use client';

import { useSyncExternalStore } from 'react';
import { useLive } from './context';
import type { ConnectionState } from './live-core';

const AT_FIRST: ConnectionState = { phase: 'reconnecting', lastEventAtMs: null };

/** How the tab's connection to Lictor is. */
export function useConnection(): ConnectionState {
  const { core } = useLive();
  return useSyncExternalStore(
    core.subscribe,
    () => core.connectionState(),
    () => AT_FIRST,
  );
}
