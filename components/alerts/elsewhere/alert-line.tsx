'use client';

import Link from 'next/link';
import { AlertIcon } from '@/components/alerts/alert-icon';
import { useAlertWords } from '@/components/alerts/use-alert-words';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { useView } from '@/components/observed/use-view';
import { Glow } from '@/components/ui/glow';
import { alertsHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord, Silence } from '@/lib/alerts/alert-body';
import { believed } from '@/lib/fleet/service-row';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './alert-line.module.css';
import { AlertReason } from './alert-reason';
import { MiniStrip } from './mini-strip';

interface AlertLineProps {
  readonly alert: AlertRecord;
  readonly silences: readonly Silence[];
  readonly byId: (id: string) => AlertRecord | undefined;
  /** Says where it is, on a page of more than one place. */
  readonly placed?: boolean;
}

/** One alert on a page of something else: what it says, since when, and whether somebody looks after it. */
export function AlertLine({ alert, silences, byId, placed = false }: AlertLineProps) {
  const text = useText();
  const words = useAlertWords();
  const { connected } = useView();
  const { id, state, severity, since, sinceAtLeast, subject, evidence } = alert;
  const freshness = believed(alert.freshness ?? 'live', connected);
  return (
    <li
      className={styles.line}
      data-key={id}
      data-status={severity}
      data-alert-state={state}
      data-freshness={freshness}
    >
      <span className={styles.icon}>
        <AlertIcon alert={alert} />
      </span>
      <div className={styles.what}>
        <p>
          <Link prefetch={false} className={styles.title} href={alertsHref(null, id)}>
            <bdi>{words.title(alert)}</bdi>
          </Link>{' '}
          {placed && subject.dc !== '' ? <span className={styles.place}>{visibleLine(subject.dc)}</span> : null}
          <span className={styles.sentence}>{words.sentence(alert)}</span>
        </p>
        <AlertReason alert={alert} silences={silences} byId={byId} />
      </div>
      {evidence.kind === 'flapping' ? <MiniStrip evidence={evidence} /> : <span />}
      <p className={styles.since}>
        <b data-state={state}>{text.alerts.state[state]}</b>
        <span>
          {text.alerts.since(words.moment(since), sinceAtLeast)}
          {text.comma}
          {freshness === 'live' || subject.dc === '' ? (
            <Elapsed iso={since} atLeast={sinceAtLeast} short />
          ) : (
            <DatacenterAge dc={subject.dc} whole />
          )}
        </span>
      </p>
      <Glow of={state} />
    </li>
  );
}
