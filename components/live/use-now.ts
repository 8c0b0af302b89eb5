'use client';

import { useSyncExternalStore } from 'react';
import { useLive } from './context';
import { usePast } from './past';

/** The server's time in ms since 1970, ticking every `intervalMs` while the tab is visible. It starts at the server's rendering. In the past it is the moment shown. */
export function useNow(intervalMs: number): number {
  const { tickers, renderedAtMs } = useLive();
  const past = usePast();
  const ticker = tickers.every(intervalMs);
  const nowMs = useSyncExternalStore(
    ticker.subscribe,
    () => ticker.valueMs(),
    () => renderedAtMs,
  );
  return past?.atMs ?? nowMs;
}
