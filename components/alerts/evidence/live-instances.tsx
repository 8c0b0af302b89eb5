'use client';

import { useMemo } from 'react';
import { useService } from '@/components/live/use-service';
import { useText } from '@/components/ui/text-provider';
import { worstChecksFirst } from '@/lib/fleet/check-standing';
import type { FreshnessState, Instance } from '@/lib/fleet/model';
import { compareNames, severity } from '@/lib/fleet/rank';
import styles from './evidence.module.css';
import { EvidenceCard } from './evidence-card';
import { type InstanceRow, InstanceRows } from './instance-rows';

interface LiveInstancesProps {
  readonly dc: string;
  /** Service key. */
  readonly serviceKey: string;
  readonly freshness: FreshnessState;
}

/** The instances of a service as they are now, the worst first. */
export function LiveInstances({ dc, serviceKey, freshness }: LiveInstancesProps) {
  const text = useText();
  const { body, goneSince, error } = useService(serviceKey);
  const rows = useMemo(() => [...(body?.instances ?? [])].sort(worstFirst).map(rowOf), [body]);
  if (!body || rows.length === 0) {
    if (error === null && goneSince === null) return null;
    return (
      <EvidenceCard title={text.alerts.instances} dc={dc} freshness={freshness}>
        <p className={styles.words}>{error ?? text.service.noInstances}</p>
      </EvidenceCard>
    );
  }
  return (
    <EvidenceCard title={text.alerts.instances} hint={text.service.worstFirst} dc={dc} freshness={freshness}>
      <InstanceRows dc={dc} freshness={freshness} rows={rows} />
    </EvidenceCard>
  );
}

const worstFirst = (a: Instance, b: Instance): number =>
  severity(a.status) - severity(b.status) || compareNames(a.node, b.node) || compareNames(a.id, b.id);

function rowOf(instance: Instance): InstanceRow {
  const { key, id, node, status, since, sinceAtLeast, checks } = instance;
  const [worst] = worstChecksFirst(checks);
  const check = worst && worst.status !== 'passing' ? worst.name || worst.id : null;
  return { key, id, node, check, since, sinceAtLeast, now: { status, since, sinceAtLeast } };
}
