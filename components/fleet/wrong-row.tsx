'use client';

import Link from 'next/link';
import { memo } from 'react';
import { useFreshnessMark } from '@/components/live/use-freshness-mark';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed, Moment } from '@/components/observed/since';
import { Glow } from '@/components/ui/glow';
import { serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import { type ServiceRow, sameRow } from '@/lib/fleet/service-row';
import { instanceCounts } from '@/lib/fleet/status-counts';
import { visibleLine } from '@/lib/text/visible-text';
import { FlappingBadge } from './flapping-badge';
import styles from './wrong-row.module.css';

interface WrongRowProps {
  readonly row: ServiceRow;
  readonly gone: boolean;
}

/** What is wrong with one service: how many of its instances, the worst check's words, since when. */
export const WrongRow = memo(function WrongRow({ row, gone }: WrongRowProps) {
  const text = useText();
  const mark = useFreshnessMark();
  const { dc, service, freshness } = row;
  const hit = instanceCounts(service)[service.status];
  const missing = service.status === 'unknown' && service.unconfirmed === hit;
  const share = freshness === 'live' ? text.counts.shareOf : text.counts.shareWhenLastSeen;
  return (
    <li
      className={styles.row}
      data-key={service.key}
      data-status={service.status}
      data-freshness={mark(freshness)}
      data-gone={gone || undefined}
      data-unconfirmed={service.unconfirmed > 0 || undefined}
    >
      <StatusWord status={service.status} />
      <Link prefetch={false} className={styles.name} href={serviceHref(dc, service.name)}>
        <Name>{service.name}</Name>
      </Link>
      <span className={styles.dc}>{dc}</span>
      <span className={styles.what}>
        <FlappingBadge count={service.flapping} />
        {gone
          ? text.order.gone
          : missing
            ? text.unconfirmed.share(hit, service.instances)
            : share(hit, service.instances, service.status)}
        {service.worst && !gone ? (
          <span className={styles.output} title={visibleLine(`${service.worst.check}: ${service.worst.output}`)}>
            {visibleLine(service.worst.output)}
          </span>
        ) : null}
      </span>
      <span className={styles.since}>
        <Moment iso={service.since} />
      </span>
      <span className={styles.duration}>
        {freshness === 'live' ? (
          <Elapsed iso={service.since} atLeast={service.sinceAtLeast} />
        ) : (
          <DatacenterAge dc={dc} />
        )}
      </span>
      <Glow of={`${service.status} ${hit}/${service.instances}`} />
    </li>
  );
}, looksTheSame);

function looksTheSame(before: WrongRowProps, after: WrongRowProps): boolean {
  return before.gone === after.gone && sameRow(before.row, after.row);
}
