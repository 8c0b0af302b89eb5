'use client';

import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import { useFreshnessMark } from '@/components/live/use-freshness-mark';
import { useNodes } from '@/components/live/use-nodes';
import { DatacenterFreshness } from '@/components/observed/datacenter-freshness';
import { Card } from '@/components/ui/card';
import { servicesHref } from '@/components/ui/links';
import { StatusBar } from '@/components/ui/status-bar';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { FleetDatacenter, FreshnessState, NodesBody, Status } from '@/lib/fleet/model';
import { severity } from '@/lib/fleet/rank';
import { sumInstanceCounts } from '@/lib/fleet/status-counts';
import { DatacenterAlerts } from './datacenter-alerts';
import styles from './datacenter-card.module.css';
import { DatacenterNothing } from './datacenter-nothing';
import { PastHour } from './past-hour';
import { StatusCount } from './status-count';

/** One datacenter: how fresh, who leads, how many instances in which state, and how much there is. */
export function DatacenterCard({ datacenter, state }: { datacenter: FleetDatacenter; state: FreshnessState }) {
  const text = useText();
  const mark = useFreshnessMark();
  const { name, services, leader, partial, unconfirmed } = datacenter;
  const counts = useMemo(() => sumInstanceCounts(services), [services]);
  const instances = useMemo(() => services.reduce((sum, service) => sum + service.instances, 0), [services]);
  const shown: Status[] = ['critical', 'warning', 'maintenance', ...(counts.unknown > 0 ? (['unknown'] as const) : [])];
  return (
    <Card
      className={styles.card}
      aria-label={name}
      data-key={encodeURIComponent(name)}
      data-status={services.length === 0 && state !== 'live' ? 'unknown' : worstStatus(services)}
      data-freshness={mark(state)}
      data-unconfirmed={unconfirmed !== null || undefined}
    >
      <div className={styles.title}>
        <h2>
          <Link href={servicesHref(name)} title={text.datacenters.services(name)}>
            {name}
          </Link>
        </h2>
        <DatacenterFreshness dc={name} />
        {partial ? (
          <span className={styles.partial} title={text.freshness.partialWhy}>
            {text.freshness.partial}
          </span>
        ) : null}
        <span className={styles.leader} title={leader ?? undefined}>
          {leader === null ? text.datacenters.noLeader : text.datacenters.leader(leader)}
        </span>
      </div>
      {instances === 0 ? (
        <DatacenterNothing datacenter={datacenter} state={state} />
      ) : (
        <>
          <div className={styles.counts}>
            {shown.map((status) => (
              <StatusCount key={status} status={status} count={counts[status]} />
            ))}
            <StatusCount status="passing" count={counts.passing} />
          </div>
          <div className={styles.bar}>
            <StatusBar counts={counts} heightPx={10} />
          </div>
          <PastHour dc={name} />
        </>
      )}
      <DatacenterAlerts dc={name} />
      {unconfirmed ? (
        <p className={styles.unconfirmed} title={unconfirmed.reason}>
          <StatusIcon status="unknown" />
          {text.unconfirmed.datacenter(unconfirmed.instances, unconfirmed.nodes)}
        </p>
      ) : null}
      {/* Nought of what was never read would be a claim. */}
      {services.length > 0 || state === 'live' ? (
        <p className={styles.totals}>
          {text.counts.services(services.length)} · {text.counts.instances(instances)}
          <NodeTotals dc={name} />
        </p>
      ) : null}
    </Card>
  );
}

function NodeTotals({ dc }: { dc: string }) {
  const text = useText();
  const ofDatacenter = useCallback((body: NodesBody) => body.datacenters.find(({ name }) => name === dc)?.nodes, [dc]);
  const nodes = useNodes(ofDatacenter);
  if (!nodes) return null;
  const wrong = nodes.filter(({ status }) => status !== 'passing').length;
  return (
    <>
      {' · '}
      {text.counts.nodes(nodes.length)}
      {wrong > 0 ? <b className={styles.nodesWrong}>{text.comma + text.counts.nodesWrong(wrong)}</b> : null}
    </>
  );
}

function worstStatus(services: readonly { readonly status: Status }[]): Status {
  return services.reduce<Status>(
    (worst, { status }) => (severity(status) < severity(worst) ? status : worst),
    'passing',
  );
}
