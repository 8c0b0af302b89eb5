'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useText } from '@/components/ui/text-provider';
import type { FleetDatacenter, FreshnessState } from '@/lib/fleet/model';
import styles from './datacenter-card.module.css';

/** Why a datacenter has nothing to show: it is empty, was empty, may not be read, or has never been read. */
export function DatacenterNothing({ datacenter, state }: { datacenter: FleetDatacenter; state: FreshnessState }) {
  const text = useText();
  const { reason } = useFreshness(datacenter.name);
  const title = {
    live: datacenter.partial ? text.verdict.emptyInPart : text.datacenters.empty,
    stale: text.datacenters.emptyWhenLastSeen,
    lost: text.datacenters.lost,
    denied: text.datacenters.denied,
  }[state];
  const hint = datacenter.partial ? text.freshness.partialWhy : text.datacenters.emptyHint;
  return (
    <div className={styles.nothing}>
      <p>{title}</p>
      <p className={styles.hint}>{state === 'live' ? hint : reason}</p>
    </div>
  );
}
