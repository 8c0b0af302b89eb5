'use client';

import Link from 'next/link';
import { useNow } from '@/components/live/use-now';
import { alertsHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { DeadLetter } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import { DeadLetterButtons } from './dead-letter-buttons';
import styles from './delivery.module.css';

const NAMED = 3;

/** One delivery that was given up: where to, why, of which alerts, and what can be done. */
export function DeadLetterRow({ letter }: { letter: DeadLetter }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { id, outlet, firstTriedAt, givenUpAt, tries, reason, alerts, alertCount } = letter;
  const moment = (iso: string) => clock.moment(Date.parse(iso), nowMs);
  const utc = `${clock.utc(Date.parse(firstTriedAt))} – ${clock.utc(Date.parse(givenUpAt))}`;
  return (
    <li className={styles.letter} data-dead-letter={id}>
      <div className={styles.what}>
        <p>
          <Name className={styles.name}>{outlet}</Name>{' '}
          <span className={styles.quiet} title={utc}>
            {text.delivery.tries(tries, moment(firstTriedAt), moment(givenUpAt))}
          </span>
        </p>
        <p className={styles.reason}>{visibleLine(reason)}</p>
        <p className={styles.inside}>
          {text.delivery.alerts(alertCount)}
          {alerts.slice(0, NAMED).map((alert) => (
            <Link key={alert} prefetch={false} href={alertsHref(null, alert)}>
              <Name>{alert}</Name>
            </Link>
          ))}
          {alertCount > NAMED ? text.delivery.more(alertCount - NAMED) : null}
        </p>
      </div>
      <DeadLetterButtons letter={letter} />
    </li>
  );
}
