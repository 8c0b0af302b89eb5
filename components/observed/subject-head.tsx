'use client';

import type { ReactNode } from 'react';
import { useNow } from '@/components/live/use-now';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { Glow } from '@/components/ui/glow';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { FreshnessState, Status } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import { DatacenterAge } from './datacenter-freshness';
import { Elapsed } from './since';
import styles from './subject-head.module.css';

/** A name of more characters is set smaller: it is read, not recognised. */
const LONG_NAME = 60;

interface SubjectHeadProps {
  readonly dc: string;
  readonly name: string;
  /** A service, a node or an instance. */
  readonly record: {
    readonly key: string;
    readonly status: Status;
    readonly since: string;
    readonly sinceAtLeast: boolean;
  };
  readonly freshness: FreshnessState;
  readonly gone: boolean;
  readonly unconfirmed: boolean;
  readonly steps: readonly { href: string; name: string }[];
  /** Stands at the end of the name's line. */
  readonly aside?: ReactNode;
  /** List items below the name. */
  readonly children: ReactNode;
}

/** The head of the page of one thing: its name, its state and since when, and facts about it. */
export function SubjectHead(props: SubjectHeadProps) {
  const { dc, name, record, freshness, gone, unconfirmed, steps, aside, children } = props;
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { key, status, since, sinceAtLeast } = record;
  const time = clock.moment(Date.parse(since), nowMs);
  return (
    <header
      className={styles.head}
      data-key={key}
      data-status={status}
      data-freshness={freshness}
      data-gone={gone || undefined}
      data-unconfirmed={unconfirmed || undefined}
    >
      <Breadcrumb steps={steps} here={name} />
      <div className={styles.first}>
        <h1 className={styles.name} data-long={name.length > LONG_NAME || undefined}>
          <bdi>{visibleLine(name)}</bdi>
        </h1>
        <span className={styles.status} data-tone={gone ? 'unknown' : status} data-paint>
          <StatusIcon status={gone ? 'unknown' : status} />
          {gone ? text.subject.goneLabel : text.status[status]}
          <Glow of={status} />
        </span>
        <span className={styles.since}>
          {sinceAtLeast ? text.time.sinceAtLeast(time) : text.time.since(time)}
          {text.comma}
          {freshness === 'live' ? <Elapsed iso={since} atLeast={sinceAtLeast} /> : <DatacenterAge dc={dc} whole />}
        </span>
        {aside ? <div className={styles.aside}>{aside}</div> : null}
      </div>
      <ul className={styles.facts}>{children}</ul>
    </header>
  );
}
