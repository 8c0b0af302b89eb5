'use client';

import { useNow } from '@/components/live/use-now';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { Chip } from '@/components/ui/chip';
import { Glow } from '@/components/ui/glow';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { FreshnessState, ServiceRecord } from '@/lib/fleet/model';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { instanceCounts } from '@/lib/fleet/status-counts';
import { visibleLine } from '@/lib/text/visible-text';
import { Breadcrumb } from './breadcrumb';
import { Elsewhere } from './elsewhere';
import styles from './service-head.module.css';
import { VersionList } from './version-list';

/** A name of more characters is set smaller: it is read, not recognised. */
const LONG_NAME = 60;

interface ServiceHeadProps {
  readonly dc: string;
  readonly service: ServiceRecord;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

/** The service's name and state, how many of its instances are in which, and the same service elsewhere. */
export function ServiceHead({ dc, service, freshness, gone }: ServiceHeadProps) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const counts = instanceCounts(service);
  const time = clock.moment(Date.parse(service.since), nowMs);
  return (
    <header
      className={styles.head}
      data-key={service.key}
      data-status={service.status}
      data-freshness={freshness}
      data-gone={gone || undefined}
      data-unconfirmed={service.unconfirmed > 0 || undefined}
    >
      <Breadcrumb dc={dc} name={service.name} />
      <div className={styles.first}>
        <h1 className={styles.name} data-long={service.name.length > LONG_NAME || undefined}>
          <bdi>{visibleLine(service.name)}</bdi>
        </h1>
        <span className={styles.status} data-tone={gone ? 'unknown' : service.status} data-paint>
          <StatusIcon status={gone ? 'unknown' : service.status} />
          {gone ? text.service.goneLabel : text.status[service.status]}
          <Glow of={service.status} />
        </span>
        <span className={styles.since}>
          {service.sinceAtLeast ? text.time.sinceAtLeast(time) : text.time.since(time)}
          {text.comma}
          {freshness === 'live' ? (
            <Elapsed iso={service.since} atLeast={service.sinceAtLeast} />
          ) : (
            <DatacenterAge dc={dc} whole />
          )}
        </span>
        <Elsewhere dc={dc} name={service.name} />
      </div>
      <ul className={styles.facts}>
        {SERVICE_SEVERITY.filter((status) => counts[status] > 0).map((status) => (
          <li key={status}>
            <StatusIcon status={status} />
            <b>{text.number(counts[status])}</b> {text.status[status]}
          </li>
        ))}
        {service.unconfirmed > 0 ? <li>{text.unconfirmed.share(service.unconfirmed, service.instances)}</li> : null}
        <li>
          <VersionList versions={service.versions} all />
        </li>
        <li className={styles.tags}>
          {service.tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </li>
      </ul>
    </header>
  );
}
