'use client';

import { useMemo } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { ServiceRecord } from '@/lib/fleet/model';
import { compareNames, severity } from '@/lib/fleet/rank';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './evidence.module.css';
import { EvidenceCard } from './evidence-card';
import type { EvidenceProps } from './evidence-props';
import { Figures } from './figures';
import { ServiceRows } from './service-rows';
import { StatusNow } from './status-now';
import { useNodeNow, useServicesOf } from './use-statuses';

/** Which checks of the node are critical, what it is now, and which services run on it. */
export function NodeEvidence({ alert, evidence, freshness }: EvidenceProps<'node-critical'>) {
  const text = useText();
  const { dc, key } = alert.subject;
  const now = useNodeNow(key);
  const services = useServicesOf(dc);
  const byName = useMemo(() => services && new Map(services.map((one) => [one.name, one])), [services]);
  const { checks, serviceCount, instances } = evidence;
  const rows = useMemo(
    () =>
      evidence.services
        .map((name) => ({ name, service: byName && (byName.get(name) ?? null) }))
        .sort((a, b) => rank(a.service) - rank(b.service) || compareNames(a.name, b.name)),
    [evidence.services, byName],
  );
  return (
    <>
      <EvidenceCard title={text.alerts.evidence} dc={dc} freshness={freshness}>
        <Figures
          figures={[
            { value: <StatusNow now={now} />, words: text.alerts.now },
            { value: text.number(serviceCount), words: text.alerts.servicesHere },
            { value: text.number(instances), words: text.alerts.instances },
          ]}
        />
        <div className={styles.checks}>
          <h3>{text.alerts.checks}</h3>
          {checks.length === 0 ? (
            <p className={styles.quiet}>{text.alerts.noChecks}</p>
          ) : (
            <ul>
              {checks.map((check) => (
                <li key={check}>{visibleLine(check)}</li>
              ))}
            </ul>
          )}
        </div>
      </EvidenceCard>
      {evidence.services.length > 0 ? (
        <EvidenceCard title={text.alerts.servicesHere} hint={text.number(serviceCount)} dc={dc} freshness={freshness}>
          <ServiceRows dc={dc} freshness={freshness} rows={rows} untold={serviceCount - evidence.services.length} />
        </EvidenceCard>
      ) : null}
    </>
  );
}

/** Worst first; what is not there any more comes last. */
const rank = (service: ServiceRecord | null | undefined): number =>
  service ? severity(service.status) : Number.MAX_SAFE_INTEGER;
