'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { useView } from '@/components/observed/use-view';
import { serviceHref } from '@/components/ui/links';
import segmented from '@/components/ui/segmented.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { type ServiceRow, serviceRows } from '@/lib/fleet/service-row';

/** The service of this name in every datacenter that has one, as a switch between their pages; nothing where it is only here. */
export function Elsewhere({ dc, name }: { dc: string; name: string }) {
  const text = useText();
  const { fleet, connected } = useView();
  const rows = useMemo(
    () => (fleet ? serviceRows(fleet, connected).filter(({ service }) => service.name === name) : []),
    [fleet, connected, name],
  );
  if (!rows.some((row) => row.dc !== dc)) return null;
  return (
    <nav className={segmented.group} aria-label={text.service.elsewhere}>
      {rows.map((row) => (
        <Link
          prefetch={false}
          key={row.dc}
          href={serviceHref(row.dc, name)}
          aria-current={row.dc === dc ? 'true' : undefined}
          data-key={row.service.key}
          data-status={row.service.status}
          data-freshness={row.freshness}
        >
          <StatusIcon status={row.service.status} />
          {row.dc}
          {row.dc === dc ? null : <Other row={row} />}
        </Link>
      ))}
    </nav>
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
