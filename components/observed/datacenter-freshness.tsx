'use client';

import { usePast } from '@/components/live/past';
import { useFreshness } from '@/components/live/use-freshness';
import { FreshnessLabel } from '@/components/ui/freshness-label';
import { useText } from '@/components/ui/text-provider';

/** A datacenter's freshness in words, its age counted on; in the past that it is as it was then, unless it was not live then either. */
export function DatacenterFreshness({ dc }: { dc: string }) {
  const text = useText();
  const past = usePast();
  const { state, lastContactMs } = useFreshness(dc);
  if (past && state === 'live') return text.timeline.replay.wasLive;
  return <FreshnessLabel state={state} ageMs={lastContactMs} />;
}

/** "42 s old": what stands in the place of a duration that nobody can vouch for; `whole`: as a part of a sentence. */
export function DatacenterAge({ dc, whole = false }: { dc: string; whole?: boolean }) {
  const text = useText();
  const { state, lastContactMs } = useFreshness(dc);
  if (state === 'denied') return text.freshness.state.denied;
  if (lastContactMs === null) return text.freshness.state[state];
  const age = text.freshness.age(lastContactMs);
  return whole ? text.time.seen(age) : text.time.old(age);
}
