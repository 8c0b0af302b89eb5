'use client';

import { useText } from '@/components/ui/text-provider';
import { EvidenceCard } from './evidence-card';
import type { EvidenceProps } from './evidence-props';
import { Figures } from './figures';
import { LiveInstances } from './live-instances';
import styles from './share.module.css';
import { WorstServices } from './worst-services';

/** Which share is critical, and which is allowed; below it what is critical, live. */
export function ShareEvidence({ alert, evidence, freshness }: EvidenceProps<'critical-share'>) {
  const text = useText();
  const { dc, key, kind } = alert.subject;
  const { critical, all, share, above } = evidence;
  const { percent } = text.alerts.words;
  return (
    <>
      <EvidenceCard title={text.alerts.evidence} dc={dc} freshness={freshness}>
        <Figures
          figures={[
            { value: percent(share), words: text.status.critical, isBad: true },
            { value: percent(above), words: text.alerts.allowedWord },
            { value: text.alerts.ofAll(critical, all), words: text.alerts.instances },
          ]}
        />
        <div className={styles.bar} role="img" aria-label={text.counts.shareOf(critical, all, 'critical')} data-paint>
          <i style={{ width: `${Math.min(100, share)}%` }} />
          <em style={{ left: `${Math.min(100, above)}%` }}>
            <span>{text.alerts.allowed(percent(above))}</span>
          </em>
        </div>
      </EvidenceCard>
      {kind === 'datacenter' ? (
        <WorstServices dc={dc} freshness={freshness} />
      ) : (
        <LiveInstances dc={dc} serviceKey={key} freshness={freshness} />
      )}
    </>
  );
}
