'use client';

import Link from 'next/link';
import { memo } from 'react';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { CheckList } from '@/components/ui/check-list';
import { Chip } from '@/components/ui/chip';
import { Glow } from '@/components/ui/glow';
import { instanceHref, nodeHref, serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusWord } from '@/components/ui/status-word';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, Instance, PlacedInstance } from '@/lib/fleet/model';
import { compareNames } from '@/lib/fleet/rank';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './instance-table.module.css';

interface InstanceRowProps {
  /** With its service where the list is a node's, which its node need not be told, nor its checks. */
  readonly instance: Instance | PlacedInstance;
  readonly dc: string;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

export const InstanceRow = memo(function InstanceRow({ instance, dc, freshness, gone }: InstanceRowProps) {
  const text = useText();
  const { key, id, node, address, port, version, tags, meta, weights, status, since, sinceAtLeast, checks } = instance;
  const { unconfirmed } = instance;
  const service = 'service' in instance ? instance.service : null;
  // What its node says is said above the list, but for what makes this instance what it is.
  const counting = checks.filter(
    ({ scope, status: is }) => service === null || scope === 'service' || is !== 'passing',
  );
  const entries = Object.entries(meta).sort(([a], [b]) => compareNames(a, b));
  return (
    <tr
      data-key={key}
      data-status={status}
      data-freshness={freshness}
      data-gone={gone || undefined}
      data-unconfirmed={unconfirmed || undefined}
    >
      <td className={styles.status}>
        <StatusWord status={status} />
        {unconfirmed ? <span className={styles.unconfirmed}>{text.unconfirmed.label}</span> : null}
        <Glow of={JSON.stringify([status, checks.map((check) => check.status)])} />
      </td>
      <td className={styles.since}>
        {gone ? (
          text.order.gone
        ) : freshness === 'live' ? (
          <Elapsed iso={since} atLeast={sinceAtLeast} short />
        ) : (
          <DatacenterAge dc={dc} />
        )}
      </td>
      <td className={styles.id}>
        {service === null ? null : (
          <Link prefetch={false} className={styles.service} href={serviceHref(dc, service)}>
            <Name>{service}</Name>
          </Link>
        )}
        <Link prefetch={false} className={table.mono} href={instanceHref(dc, node, id)}>
          <Name>{id}</Name>
        </Link>
        {service === null ? (
          <Link prefetch={false} className={table.quiet} href={nodeHref(dc, node)}>
            <Name>{node}</Name>
          </Link>
        ) : null}
      </td>
      <td className={`${table.mono} ${styles.address}`}>
        {visibleLine(address)}
        {port === 0 ? <span className={table.quiet}> {text.service.noPort}</span> : `:${port}`}
      </td>
      <td className={`${table.mono} ${styles.version}`} title={visibleLine(version)}>
        {visibleLine(version)}
      </td>
      <td className={styles.weights}>
        {text.number(weights.passing)} / {text.number(weights.warning)}
      </td>
      <td className={styles.checks}>
        {counting.length === 0 && checks.length > 0 ? (
          <span className={table.quiet}>{text.nodes.noCheckOfItsOwn}</span>
        ) : (
          <CheckList checks={counting} />
        )}
      </td>
      <td className={styles.tags}>
        {tags.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
        {entries.map(([name, value]) => (
          <Chip key={name} name={name}>
            {value}
          </Chip>
        ))}
      </td>
    </tr>
  );
});
