'use client';

import { ExternalLink } from 'lucide-react';
import { isImage } from '@/components/alerts/silences/listed-silences';
import { useNow } from '@/components/live/use-now';
import buttons from '@/components/ui/button.module.css';
import { Name } from '@/components/ui/name';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { Outlet } from '@/lib/alerts/alert-body';
import type { Status } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './delivery.module.css';

const statusOf: Record<Outlet['state'], Status> = {
  ok: 'passing',
  failing: 'critical',
  idle: 'unknown',
  starting: 'unknown',
};

/** One place that alerts are sent to: how that goes, since when, and what waits. */
export function OutletRow({ outlet }: { outlet: Outlet }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { name, kind, url, state, reason, lastOkAt, waiting, deadLetters, silences } = outlet;
  const others = silences.filter(({ matchers, by }) => !isImage(matchers, by)).length;
  const lastOkMs = lastOkAt === null ? null : Date.parse(lastOkAt);
  return (
    <li className={styles.outlet} data-outlet={name} data-outlet-state={state}>
      <span className={styles.state} data-tone={statusOf[state]}>
        <StatusIcon status={statusOf[state]} />
        {text.delivery.state[state]}
      </span>
      <div className={styles.what}>
        <p>
          <Name className={styles.name}>{name}</Name> <span className={styles.quiet}>{text.delivery.kind[kind]}</span>
        </p>
        <p className={styles.url}>
          <Name>{url}</Name>
        </p>
        {reason === null ? null : <p className={styles.reason}>{visibleLine(reason)}</p>}
      </div>
      <p className={styles.facts}>
        <span title={lastOkMs === null ? undefined : clock.utc(lastOkMs)}>
          {lastOkMs === null ? text.delivery.neverOk : text.delivery.lastOk(clock.moment(lastOkMs, nowMs))}
        </span>
        <span data-some={waiting > 0 || undefined}>{text.delivery.waiting(waiting)}</span>
        {deadLetters > 0 ? <span data-some>{text.delivery.given(deadLetters)}</span> : null}
        {others > 0 ? <span>{text.delivery.holds(others)}</span> : null}
      </p>
      {kind === 'alertmanager' && isWebAddress(url) ? (
        <a
          className={buttons.icon}
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={text.delivery.open(visibleLine(name))}
          title={text.delivery.open(visibleLine(name))}
        >
          <ExternalLink size={15} aria-hidden="true" />
        </a>
      ) : null}
    </li>
  );
}

/** Nothing else becomes a link, whoever wrote it. */
const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);
