'use client';

import { useText } from '@/components/ui/text-provider';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { TimeIn } from '@/lib/history/bodies';
import { percentText } from '@/lib/text/percent-text';
import styles from './lanes.module.css';

interface AvailabilityProps {
  /** 0 to 1; null: nothing is known. */
  readonly share: number | null;
  readonly timeInMs: TimeIn;
  /** Says what the figure is, where no heading does. */
  readonly words?: boolean;
}

/** Of the known time, how much was passing; `k` where only a part is known. Behind it how long it was in each state. */
export function Availability({ share, timeInMs, words = false }: AvailabilityProps) {
  const text = useText();
  const wholeMs = SERVICE_SEVERITY.reduce((sum, status) => sum + timeInMs[status], 0);
  const states = SERVICE_SEVERITY.filter((status) => timeInMs[status] > 0).map((status) =>
    text.timeline.lanes.timeIn(status, percentText(timeInMs[status] / wholeMs), timeInMs[status]),
  );
  const known = percentText(1 - timeInMs.unknown / Math.max(1, wholeMs));
  const title = [...states, text.timeline.lanes.instanceTime].join('\n');
  return (
    <span className={words ? styles.said : styles.availability} title={states.length > 0 ? title : undefined}>
      {share === null ? (
        <span className={styles.unknown}>{text.timeline.lanes.neverKnown}</span>
      ) : (
        <b>{percentText(share)}</b>
      )}
      {share !== null && timeInMs.unknown > 0 ? (
        <abbr className={styles.known} title={text.timeline.lanes.knownWhy(known)}>
          k
        </abbr>
      ) : null}
      {words && share !== null ? <> {text.timeline.lanes.available}</> : null}
    </span>
  );
}
