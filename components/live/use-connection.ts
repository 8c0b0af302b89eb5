'use client';

import { useSyncExternalStore } from 'react';
import { useLive } from './context';
import type { ConnectionState } from './live-core';
import { usePast } from './past';

const AT_FIRST: ConnectionState = { phase: 'reconnecting', lastEventAtMs: null };

/** What the past says needs no connection. */
const OF_THE_PAST: ConnectionState = { phase: 'live', lastEventAtMs: null };

/** How the tab's connection to Lictor is. */
export function useConnection(): ConnectionState {
  const { core } = useLive();
  const past = usePast();
  const state = useSyncExternalStore(
    core.subscribe,
    () => core.connectionState(),
    () => AT_FIRST,
  );
  return past ? OF_THE_PAST : state;
}
