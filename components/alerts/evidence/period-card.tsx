'use client';

import { useMemo } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { AlertBody } from '@/lib/alerts/alert-body';
import { gapBins, recoveryGaps, withinPeriod } from '@/lib/alerts/view/recovery-gaps';
import type { FreshnessState } from '@/lib/fleet/model';
import { EvidenceCard } from './evidence-card';
import styles from './period.module.css';

interface PeriodCardProps {
  /** null: it keeps none. */
  readonly periodMs: number | null;
  readonly transitions: NonNullable<AlertBody['flap']>['transitions'];
  readonly freshness: FreshnessState;
}

/** From one recovery to the next: how many took how long, and what is taken for the period. */
export function PeriodCard({ periodMs, transitions, freshness }: PeriodCardProps) {
  const text = useText();
  const { exact } = text.alerts.words;
  const gaps = useMemo(() => recoveryGaps(transitions), [transitions]);
  if (periodMs === null) {
    return (
      <EvidenceCard title={text.alerts.period} freshness={freshness} aside={text.alerts.noPeriod}>
        <p className={styles.words}>{text.alerts.noPeriodHint}</p>
      </EvidenceCard>
    );
  }
  const bins = gapBins(gaps, periodMs);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const near = withinPeriod(gaps, periodMs);
  const says = text.alerts.periodSays(gaps.length, exact(Math.min(...gaps)), exact(Math.max(...gaps)));
  return (
    <EvidenceCard
      title={text.alerts.period}
      freshness={freshness}
      aside={<b className={styles.period}>{text.alerts.about(exact(periodMs))}</b>}
    >
      {gaps.length === 0 ? null : (
        <>
          <div className={styles.bins} role="img" aria-label={says} data-paint>
            {bins.map(({ fromMs, count }) => (
              <i key={fromMs} style={{ height: `${(count / most) * 100}%` }} data-none={count === 0 || undefined} />
            ))}
          </div>
          <div className={styles.axis} aria-hidden="true">
            <span>0</span>
            <span>{exact(periodMs)}</span>
            <span>{exact(2 * periodMs)}</span>
          </div>
          <p className={styles.words}>
            {near.count === 0
              ? text.alerts.noPeriodHint
              : text.alerts.periodHint(near.count, gaps.length, exact(near.fromMs), exact(near.toMs))}
          </p>
        </>
      )}
    </EvidenceCard>
  );
}
