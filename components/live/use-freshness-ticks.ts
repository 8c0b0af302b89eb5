'use client';

import { useCallback } from 'react';
import { useLive } from './context';
import type { Tickers } from './tickers';

const COUNT_EVERY_MS = 1_000;

/** Calls whoever subscribes when the freshness of a datacenter is told anew, and each second, for its age counts on. */
export function useFreshnessTicks(): {
  ticker: ReturnType<Tickers['every']>;
  subscribe: (listener: () => void) => () => void;
} {
  const live = useLive();
  const ticker = live.tickers.every(COUNT_EVERY_MS);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [live.core.subscribe(listener), ticker.subscribe(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    [live, ticker],
  );
  return { ticker, subscribe };
}
