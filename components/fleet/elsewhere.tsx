'use client';

import Link from 'next/link';
import { useMemo, useRef } from 'react';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { useView } from '@/components/observed/use-view';
import { serviceHref } from '@/components/ui/links';
import segmented from '@/components/ui/segmented.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useCurrentInSight } from '@/components/ui/use-current-in-sight';
import { type ServiceRow, serviceRows } from '@/lib/fleet/service-row';
import styles from './elsewhere.module.css';

/** The service of this name in every datacenter that has one, as a switch between their pages; nothing where it is only here. */
export function Elsewhere({ dc, name }: { dc: string; name: string }) {
  const text = useText();
  const { fleet, connected } = useView();
  const rows = useMemo(
    () => (fleet ? serviceRows(fleet, connected).filter(({ service }) => service.name === name) : []),
    [fleet, connected, name],
  );
  const row = useRef<HTMLDivElement>(null);
  useCurrentInSight(row, rows.length > 1 ? dc : null);
  if (!rows.some((row) => row.dc !== dc)) return null;
  return (
    <div ref={row} className={styles.row}>
      <nav className={segmented.group} aria-label={text.service.elsewhere}>
        {rows.map((one) => (
          <Link
            prefetch={false}
            key={one.dc}
            href={serviceHref(one.dc, name)}
            aria-current={one.dc === dc ? 'true' : undefined}
            data-key={one.service.key}
            data-status={one.service.status}
            data-freshness={one.freshness}
          >
            <StatusIcon status={one.service.status} />
            {one.dc}
            {one.dc === dc ? null : <Other row={one} />}
          </Link>
        ))}
      </nav>
    </div>
  );
}

function Other({ row }: { row: ServiceRow }) {
  const text = useText();
  const { service, freshness, dc } = row;
  return (
    <span>
      {text.status[service.status]}
      {text.comma}
      {freshness === 'live' ? (
        <Elapsed iso={service.since} atLeast={service.sinceAtLeast} short />
      ) : (
        <DatacenterAge dc={dc} whole />
      )}
    </span>
  );
}
