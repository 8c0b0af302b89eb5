'use client';

import { createContext, useMemo, useSyncExternalStore } from 'react';
import { useLive } from '@/components/live/context';
import { usePast } from '@/components/live/past';
import { useFreshnessTicks } from '@/components/live/use-freshness-ticks';
import type { FreshnessState } from '@/lib/fleet/model';

export type LaneFreshness = ReadonlyMap<string, FreshnessState | 'past'>;

export const LaneFreshnessContext = createContext<LaneFreshness>(new Map());

/** What `data-freshness` says of each datacenter; the same map for as long as it says the same, however its age counts on. */
export function useLaneFreshness(dcs: readonly string[]): LaneFreshness {
  const live = useLive();
  const past = usePast();
  const { ticker, subscribe } = useFreshnessTicks();
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
