'use client';

import { useParams } from 'next/navigation';
import { useRef } from 'react';
import { useFleet } from '@/components/live/use-fleet';
import { pathSegment } from '@/components/ui/path-segment';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import { useCurrentInSight } from '@/components/ui/use-current-in-sight';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { FleetBody } from '@/lib/fleet/model';
import { Clock } from './clock';
import styles from './datacenter-row.module.css';
import { DatacenterSwitch } from './datacenter-switch';

const datacentersOf = (body: FleetBody) => body.datacenters;

/** Every datacenter with its freshness, on every page; the same switch chooses one. On a service's page its own datacenter is marked. */
export function DatacenterRow() {
  const text = useText();
  const datacenters = useFleet(datacentersOf) ?? [];
  const [chosen, choose] = useDatacenterChoice();
  const params = useParams<{ dc?: string }>();
  const onPage = params.dc === undefined ? undefined : (pathSegment(params.dc) ?? params.dc);
  const here = onPage ?? chosen;
  const row = useRef<HTMLDivElement>(null);
  useCurrentInSight(row, here);
  return (
    <div className={styles.row}>
      <div ref={row} className={styles.scroll}>
        <nav className={segmented.group} aria-label={text.datacenters.label}>
          <DatacenterSwitch dc={null} here={here === null} onPage={onPage !== undefined} choose={choose}>
            {text.datacenters.all}
          </DatacenterSwitch>
          {datacenters.map(({ name }) => (
            <DatacenterSwitch key={name} dc={name} here={here === name} onPage={onPage !== undefined} choose={choose} />
          ))}
        </nav>
      </div>
      <Clock />
    </div>
  );
}
