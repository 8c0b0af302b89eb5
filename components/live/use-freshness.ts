'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { FleetBody } from '@/lib/fleet/model';
import { type LiveFreshness, liveFreshness } from '@/lib/stream/live-freshness';
import { useLive } from './context';
import type { Live } from './live';
import { type Past, usePast } from './past';
import { useFreshnessTicks } from './use-freshness-ticks';

/** How old what is shown of a datacenter may be, its age counted on by the second. Without a connection it is at best stale. */
export function useFreshness(dc: string): LiveFreshness {
  const live = useLive();
  const past = usePast();
  const { ticker, subscribe } = useFreshnessTicks();
  const seeded = useMemo(() => seededFreshness(live, dc), [live, dc]);
  const now = useSyncExternalStore(
    subscribe,
    () => live.core.freshness(dc, ticker.valueMs()),
    () => seeded,
  );
  return past ? pastFreshness(past, dc) : now;
}

function seededFreshness({ seeds, renderedAtMs }: Live, dc: string): LiveFreshness {
  const fleet = seeds.get('fleet') as FleetBody | undefined;
  const found = fleet?.datacenters.find((datacenter) => datacenter.name === dc);
  const record = fleet && found ? { freshness: found.freshness, atMs: Date.parse(fleet.at) } : null;
  return liveFreshness({
    record,
    heartbeat: null,
    silentSinceMs: null,
    startedAtMs: renderedAtMs,
    nowMs: renderedAtMs,
  });
}

/** As it was then: its age has nothing to count from. */
function pastFreshness({ fleet, atMs }: Past, dc: string): LiveFreshness {
  const found = fleet?.datacenters.find((datacenter) => datacenter.name === dc);
  if (found) return { ...found.freshness, lastContactMs: null };
  return { state: 'lost', lastContactMs: null, reason: null, since: new Date(atMs).toISOString() };
}
