'use client';

import { useView } from '@/components/observed/use-view';
import { useText } from '@/components/ui/text-provider';
import { believed } from '@/lib/fleet/service-row';
import { DatacenterCard } from './datacenter-card';
import styles from './overview.module.css';

/** A card for each datacenter, in places that stay. */
export function DatacenterCards() {
  const text = useText();
  const { fleet, connected, dc } = useView();
  const shown = fleet?.datacenters.filter(({ name }) => dc === null || name === dc) ?? [];
  if (shown.length === 0) return null;
  return (
    <section className={styles.cards} aria-label={text.datacenters.all}>
      {shown.map((datacenter) => (
        <DatacenterCard
          key={datacenter.name}
          datacenter={datacenter}
          state={believed(datacenter.freshness.state, connected)}
        />
      ))}
    </section>
  );
}
