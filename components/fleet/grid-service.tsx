'use client';

import Link from 'next/link';
import { useFreshnessMark } from '@/components/live/use-freshness-mark';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import type { GridFrame, ShowRow } from '@/components/observed/grid-row';
import grid from '@/components/observed/list-grid.module.css';
import { Elapsed } from '@/components/observed/since';
import { Chip } from '@/components/ui/chip';
import { Glow } from '@/components/ui/glow';
import { serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusBar } from '@/components/ui/status-bar';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import type { ServiceRow } from '@/lib/fleet/service-row';
import { instanceCounts } from '@/lib/fleet/status-counts';
import { visibleLine } from '@/lib/text/visible-text';
import { FlappingBadge } from './flapping-badge';
import styles from './service-grid.module.css';
import { VersionList } from './version-list';

const TAGS_SHOWN = 2;

/** One service: its state, how much of it passes, in which versions, since when, and what its worst check says. */
function GridService({ row, gone, frame }: { row: ServiceRow; gone: boolean; frame: GridFrame }) {
  const text = useText();
  const mark = useFreshnessMark();
  const { dc, service, freshness } = row;
  const counts = instanceCounts(service);
  return (
    <tr
      {...frame}
      aria-level={2}
      data-key={service.key}
      data-status={service.status}
      data-freshness={mark(freshness)}
      data-gone={gone || undefined}
      data-unconfirmed={service.unconfirmed > 0 || undefined}
    >
      <td>
        <StatusWord status={service.status} />
        <Glow of={JSON.stringify([service.status, counts])} />
      </td>
      <td className={grid.name}>
        <Link prefetch={false} href={serviceHref(dc, service.name)} tabIndex={-1}>
          <Name>{service.name}</Name>
        </Link>
      </td>
      <td className={`${grid.quiet} ${styles.dc}`}>{dc}</td>
      <td className={styles.passing}>
        <StatusBar counts={counts} heightPx={8} />
      </td>
      <td className={`${grid.number} ${styles.instances}`}>
        <b>{text.number(service.passing)}</b>/{text.number(service.instances)}
      </td>
      <td className={styles.versions}>
        <VersionList versions={service.versions} />
      </td>
      <td className={`${grid.number} ${grid.quiet}`}>
        {gone ? (
          text.order.gone
        ) : freshness === 'live' ? (
          <Elapsed iso={service.since} atLeast={service.sinceAtLeast} short />
        ) : (
          <DatacenterAge dc={dc} />
        )}
      </td>
      <td
        className={`${grid.words} ${styles.what}`}
        title={service.worst ? visibleLine(`${service.worst.check}: ${service.worst.output}`) : undefined}
      >
        <FlappingBadge count={service.flapping} />
        {service.worst ? visibleLine(service.worst.output || service.worst.check) : null}
        {service.status === 'unknown' && service.unconfirmed > 0
          ? text.unconfirmed.share(service.unconfirmed, service.instances)
          : null}
      </td>
      <td className={styles.tags}>
        {service.tags.slice(0, TAGS_SHOWN).map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
        {service.tags.length > TAGS_SHOWN ? (
          <span className={styles.moreTags} title={service.tags.map(visibleLine).join('\n')}>
            {text.services.moreVersions(service.tags.length - TAGS_SHOWN)}
          </span>
        ) : null}
      </td>
    </tr>
  );
}

export const showService: ShowRow<ServiceRow> = (row, gone, frame) => (
  <GridService row={row} gone={gone} frame={frame} />
);
