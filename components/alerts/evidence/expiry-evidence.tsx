'use client';

import { useNow } from '@/components/live/use-now';
import { Moment } from '@/components/observed/since';
import { useText } from '@/components/ui/text-provider';
import type { Evidence } from '@/lib/alerts/evidence';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './evidence.module.css';
import { EvidenceCard } from './evidence-card';
import { Figures } from './figures';

/** What ends, and in how long. */
export function ExpiryEvidence({ evidence }: { evidence: Extract<Evidence, { kind: 'expiry' }> }) {
  const text = useText();
  const nowMs = useNow(1_000);
  const leftMs = Date.parse(evidence.expiresAt) - nowMs;
  const left = leftMs > 0 ? text.duration(leftMs) : text.time.seen(text.duration(-leftMs));
  return (
    <EvidenceCard title={text.alerts.evidence}>
      <Figures figures={[{ value: left, words: leftMs > 0 ? text.alerts.endsIn : text.alerts.ended, isBad: true }]} />
      <dl className={styles.facts}>
        <div>
          <dt>{text.alerts.whatFor}</dt>
          <dd>{visibleLine(evidence.name)}</dd>
        </div>
        <div>
          <dt>{text.alerts.endsAt}</dt>
          <dd>
            <Moment iso={evidence.expiresAt} />
          </dd>
        </div>
      </dl>
    </EvidenceCard>
  );
}
