'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import styles from './datacenter-row.module.css';

/** The server's time, in the reader's zone: what every "since" on the page is measured by. */
export function Clock() {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(1_000);
  return (
    <time
      className={styles.clock}
      dateTime={new Date(nowMs).toISOString()}
      title={`${text.shell.clock}. ${clock.utc(nowMs)}`}
    >
      {clock.timeOfDay(nowMs)}
      <span className={styles.zone}>{clock.zone(nowMs)}</span>
    </time>
  );
}
