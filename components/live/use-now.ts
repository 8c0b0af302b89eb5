'use client';

import { useSyncExternalStore } from 'react';
import { useLive } from './context';

/** The server's time in ms since 1970, ticking every `intervalMs` while the tab is visible. It starts at the server's rendering. */
export function useNow(intervalMs: number): number {
  const { tickers, renderedAtMs } = useLive();
  const ticker = tickers.every(intervalMs);
  return useSyncExternalStore(
    ticker.subscribe,
    () => ticker.valueMs(),
    () => renderedAtMs,
  );
}
