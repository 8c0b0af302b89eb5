'use client';

import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { AlertRecord, Silence } from '@/lib/alerts/alert-body';
import type { FreshnessState } from '@/lib/fleet/model';
import styles from './alert-list.module.css';
import { useAlertWords } from './use-alert-words';

interface AlertTimesProps {
  readonly alert: AlertRecord;
  readonly silence: Silence | undefined;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

/** How long, and since when; of what is not live how old it is. */
export function AlertTimes({ alert, silence, freshness, gone }: AlertTimesProps) {
  const text = useText();
  const clock = useClockText();
  const words = useAlertWords();
  const { state, since, sinceAtLeast, resolvedAt, evidence, subject } = alert;
  if (gone) return <div className={styles.times}>{text.order.gone}</div>;
  if (resolvedAt !== null) {
    const lasted = text.durationShort(Date.parse(resolvedAt) - Date.parse(since));
    return (
      <div className={styles.times}>
        <time dateTime={resolvedAt} title={clock.utc(Date.parse(resolvedAt))}>
          {words.moment(resolvedAt)}
        </time>
        <span>{text.alerts.lasted(sinceAtLeast ? text.time.atLeast(lasted) : lasted)}</span>
      </div>
    );
  }
  const score =
    evidence.kind === 'flapping' ? Math.max(0, ...evidence.scales.map(({ leastScore }) => leastScore)) : null;
  return (
    <div className={styles.times}>
      {freshness === 'live' || subject.dc === '' ? (
        <Elapsed iso={since} atLeast={sinceAtLeast} short />
      ) : (
        <DatacenterAge dc={subject.dc} />
      )}
      <span>
        {state === 'silenced' && silence
          ? text.alerts.ends(words.moment(silence.to))
          : score === null
            ? words.moment(since)
            : text.alerts.score(score)}
      </span>
    </div>
  );
}
