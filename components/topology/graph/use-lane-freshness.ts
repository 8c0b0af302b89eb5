'use client';

import { createContext, useCallback, useMemo, useSyncExternalStore } from 'react';
import { useLive } from '@/components/live/context';
import { usePast } from '@/components/live/past';
import type { FreshnessState } from '@/lib/fleet/model';

export type LaneFreshness = ReadonlyMap<string, FreshnessState | 'past'>;

export const LaneFreshnessContext = createContext<LaneFreshness>(new Map());

const LOOK_EVERY_MS = 1_000;

/** What `data-freshness` says of each datacenter; the same map for as long as it says the same, however its age counts on. */
export function useLaneFreshness(dcs: readonly string[]): LaneFreshness {
  const live = useLive();
  const past = usePast();
  const ticker = live.tickers.every(LOOK_EVERY_MS);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [live.core.subscribe(listener), ticker.subscribe(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    [live, ticker],
  );
  const told = useSyncExternalStore(
    subscribe,
    () => dcs.map((dc) => live.core.freshness(dc, ticker.valueMs()).state).join(' '),
    () => '',
  );
  return useMemo(() => {
    const states = told.split(' ') as FreshnessState[];
    if (!past) return new Map(dcs.map((dc, at) => [dc, states[at] ?? 'live'] as const));
    const then = new Map(past.fleet?.datacenters.map(({ name, freshness }) => [name, freshness.state]));
    return new Map(
      dcs.map((dc) => {
        const state = then.get(dc) ?? 'lost';
        return [dc, state === 'live' ? ('past' as const) : state] as const;
      }),
    );
  }, [told, dcs, past]);
}
