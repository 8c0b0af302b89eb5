'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { FreshnessLabel } from '@/components/ui/freshness-label';
import { useText } from '@/components/ui/text-provider';

/** A datacenter's freshness in words, its age counted on. */
export function DatacenterFreshness({ dc }: { dc: string }) {
  const { state, lastContactMs } = useFreshness(dc);
  return <FreshnessLabel state={state} ageMs={lastContactMs} />;
}

/** "42 s old": what stands in the place of a duration that nobody can vouch for. */
export function DatacenterAge({ dc }: { dc: string }) {
  const text = useText();
  const { state, lastContactMs } = useFreshness(dc);
  if (state === 'denied') return text.freshness.state.denied;
  return lastContactMs === null ? text.freshness.state[state] : text.time.old(text.freshness.age(lastContactMs));
}
