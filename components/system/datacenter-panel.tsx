'use client';

import { useCallback } from 'react';
import { useFreshness } from '@/components/live/use-freshness';
import { useSystem } from '@/components/live/use-system';
import { Card } from '@/components/ui/card';
import { FreshnessLabel } from '@/components/ui/freshness-label';
import { useText } from '@/components/ui/text-provider';
import { quorumStatus } from '@/lib/system/server-state';
import type { SystemBody } from '@/lib/system/system-body';
import { visibleLine } from '@/lib/text/visible-text';
import { DatacenterFacts } from './datacenter-facts';
import styles from './datacenter-panel.module.css';
import { QuorumLine } from './quorum-line';
import { ReadingList } from './reading-list';
import { ServerTable } from './server-table';

/** One datacenter's Consul: its quorum, its servers, where that is read from and when, and how Lictor watches what runs there. */
export function DatacenterPanel({ name }: { name: string }) {
  const text = useText();
  const ofDatacenter = useCallback((body: SystemBody) => body.datacenters.find((dc) => dc.name === name), [name]);
  const datacenter = useSystem(ofDatacenter);
  const { state, lastContactMs } = useFreshness(name);
  if (!datacenter) return null;
  const { consul } = datacenter;
  return (
    <Card
      aria-label={visibleLine(name)}
      data-key={encodeURIComponent(name)}
      data-status={quorumStatus(consul?.quorum.state ?? 'unknown')}
      data-freshness={state}
    >
      <div className={styles.title}>
        <h2>
          <bdi>{visibleLine(name)}</bdi>
        </h2>
        <FreshnessLabel state={state} ageMs={lastContactMs} />
        {consul ? <QuorumLine quorum={consul.quorum} failureTolerance={consul.failureTolerance} /> : null}
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          {consul ? (
            <ServerTable dc={name} servers={consul.servers} />
          ) : (
            <p className={styles.waiting}>{text.system.verdict.waiting}</p>
          )}
        </div>
        <DatacenterFacts datacenter={datacenter} />
      </div>
      {consul ? <ReadingList readings={consul.readings} configuration={datacenter.configuration} /> : null}
    </Card>
  );
}
