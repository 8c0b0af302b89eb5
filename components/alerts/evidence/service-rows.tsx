'use client';

import Link from 'next/link';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusBar } from '@/components/ui/status-bar';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, ServiceRecord } from '@/lib/fleet/model';
import styles from './evidence.module.css';
import { StatusNow } from './status-now';

interface ServiceRowsProps {
  readonly dc: string;
  readonly freshness: FreshnessState;
  /** null: it is not there now. */
  readonly rows: readonly { readonly name: string; readonly service: ServiceRecord | null | undefined }[];
  readonly untold: number;
}

/** Services that an alert reaches, each with what it is now. */
export function ServiceRows({ dc, freshness, rows, untold }: ServiceRowsProps) {
  const text = useText();
  const { column } = text.alerts;
  return (
    <>
      <div className={styles.scroll}>
        <table className={`${table.table} ${styles.services}`} data-dense>
          <thead>
            <tr>
              <th>{text.alerts.member.service}</th>
              <th className={styles.statusColumn}>{column.now}</th>
              <th>{text.alerts.instances}</th>
              <th className={`${table.number} ${styles.figure}`}>{column.since}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, service }) => (
              <tr key={name} data-key={service?.key} data-status={service?.status}>
                <td>
                  <Link prefetch={false} className={styles.link} href={serviceHref(dc, name)}>
                    <Name>{name}</Name>
                  </Link>
                </td>
                <td>
                  <StatusNow now={service} />
                </td>
                <td className={styles.barCell}>
                  {service ? <StatusBar counts={countsOf(service)} heightPx={8} /> : null}
                </td>
                <td className={`${table.number} ${table.quiet}`}>
                  {!service ? null : freshness === 'live' ? (
                    <Elapsed iso={service.since} atLeast={service.sinceAtLeast} short />
                  ) : (
                    <DatacenterAge dc={dc} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {untold > 0 ? <p className={styles.more}>{text.alerts.moreMembers(untold)}</p> : null}
    </>
  );
}

function countsOf({ instances, passing, warning, critical, maintenance }: ServiceRecord) {
  const unknown = Math.max(0, instances - passing - warning - critical - maintenance);
  return { passing, warning, critical, maintenance, unknown };
}
