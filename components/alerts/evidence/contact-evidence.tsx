'use client';

import { useCallback } from 'react';
import { useFleet } from '@/components/live/use-fleet';
import { useFreshness } from '@/components/live/use-freshness';
import { Moment } from '@/components/observed/since';
import { FreshnessLabel } from '@/components/ui/freshness-label';
import { useText } from '@/components/ui/text-provider';
import type { FleetBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './evidence.module.css';
import { EvidenceCard } from './evidence-card';
import type { EvidenceProps } from './evidence-props';
import { Figures } from './figures';
import { WorstServices } from './worst-services';

/** What is known of a datacenter as a whole: whether it answers, who leads it, what it has stopped to name. */
export function ContactEvidence(props: EvidenceProps<'no-leader' | 'datacenter-lost' | 'mass-disappearance'>) {
  const { alert, evidence, freshness } = props;
  const text = useText();
  const { dc } = alert.subject;
  const { state, lastContactMs, reason: reasonNow } = useFreshness(dc);
  const select = useCallback((body: FleetBody) => body.datacenters.find(({ name }) => name === dc) ?? null, [dc]);
  const datacenter = useFleet(select);
  const reason = 'reason' in evidence ? evidence.reason : reasonNow;
  return (
    <>
      <EvidenceCard title={text.alerts.evidence} dc={dc} freshness={freshness}>
        {evidence.kind === 'mass-disappearance' ? (
          <Figures
            figures={[
              { value: text.number(evidence.instances), words: text.alerts.instances, isBad: true },
              { value: text.number(evidence.nodes), words: text.alerts.column.node, isBad: true },
            ]}
          />
        ) : null}
        <dl className={styles.facts}>
          <div>
            <dt>{text.alerts.contact}</dt>
            <dd>
              <FreshnessLabel state={state} ageMs={lastContactMs} />
            </dd>
          </div>
          {evidence.kind === 'datacenter-lost' ? (
            <div>
              <dt>{text.alerts.lastContact}</dt>
              <dd>{evidence.lastContactAt === null ? text.alerts.never : <Moment iso={evidence.lastContactAt} />}</dd>
            </div>
          ) : null}
          {datacenter ? (
            <div>
              <dt>{text.alerts.leader}</dt>
              <dd>{datacenter.leader === null ? text.alerts.noLeader : visibleLine(datacenter.leader)}</dd>
            </div>
          ) : null}
          {reason === null ? null : (
            <div>
              <dt>{text.alerts.why}</dt>
              <dd>{visibleLine(reason)}</dd>
            </div>
          )}
        </dl>
      </EvidenceCard>
      {evidence.kind === 'mass-disappearance' ? <WorstServices dc={dc} freshness={freshness} /> : null}
    </>
  );
}
