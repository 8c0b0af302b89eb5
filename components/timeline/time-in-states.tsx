'use client';

import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { TimelineBody } from '@/lib/history/bodies';
import { percentText } from '@/lib/text/percent-text';
import styles from './time-in-states.module.css';

/** How available a subject was over the range, and how long in each state: the sum over its instances, of which there are `several`. */
export function TimeInStates({ body, several }: { body: TimelineBody; several: boolean }) {
  const text = useText();
  const { availability, timeInMs } = body;
  const wholeMs = SERVICE_SEVERITY.reduce((sum, status) => sum + timeInMs[status], 0);
  if (wholeMs === 0) return null;
  const known = percentText(1 - timeInMs.unknown / wholeMs);
  return (
    <div className={styles.states}>
      <b>{availability === null ? text.timeline.lanes.neverKnown : percentText(availability)}</b>
      <span className={styles.quiet}>
        {text.timeline.lanes.available}
        {timeInMs.unknown > 0 ? ` ${text.timeline.lanes.knownWhy(known)}` : null}
      </span>
      <ul>
        {SERVICE_SEVERITY.filter((status) => timeInMs[status] > 0).map((status) => (
          <li key={status}>
            <StatusWord status={status} />
            {text.duration(timeInMs[status])}
            <span className={styles.quiet}>{percentText(timeInMs[status] / wholeMs)}</span>
          </li>
        ))}
      </ul>
      {several ? <span className={styles.quiet}>{text.timeline.lanes.instanceTime}</span> : null}
    </div>
  );
}
