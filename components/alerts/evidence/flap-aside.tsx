'use client';

import { useText } from '@/components/ui/text-provider';
import styles from './evidence.module.css';
import { EvidenceCard } from './evidence-card';
import type { FlapParts } from './flap-parts';
import { PeriodCard } from './period-card';

/** What may be behind it, by rule and with numbers, and the period that it keeps. */
export function FlapAside({ evidence, flap, freshness }: FlapParts) {
  const text = useText();
  const { causes, periodMs } = evidence;
  return (
    <>
      <EvidenceCard title={causes.length > 1 ? text.alerts.causesMany : text.alerts.causes} freshness={freshness}>
        <div className={styles.causes}>
          {causes.length === 0 ? (
            <p>{text.alerts.noCause}</p>
          ) : (
            <ul>
              {causes.map((cause) => (
                <li key={cause.id} data-cause={cause.id}>
                  {text.alerts.words.cause(cause)}
                </li>
              ))}
            </ul>
          )}
          {causes.length > 0 ? <small>{text.alerts.inferred}</small> : null}
        </div>
      </EvidenceCard>
      <PeriodCard periodMs={periodMs} transitions={flap?.transitions ?? []} freshness={freshness} />
    </>
  );
}
