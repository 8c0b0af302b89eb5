'use client';

import Link from 'next/link';
import { useCallback } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { useFreshness } from '@/components/live/use-freshness';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord, AlertsBody, Silence } from '@/lib/alerts/alert-body';
import type { FreshnessState } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './alert-detail.module.css';
import { useAlertLinks } from './use-alert-links';
import { useAlertWords } from './use-alert-words';
import { useWho } from './use-who';

interface AlertStandingProps {
  readonly alert: AlertRecord;
  readonly silences: readonly Silence[];
  readonly freshness: FreshnessState;
}

/** Why nobody is called, or who looks after it; and what to know before believing it. */
export function AlertStanding({ alert, silences, freshness }: AlertStandingProps) {
  const text = useText();
  const words = useAlertWords();
  const who = useWho();
  const { acknowledged, silencedBy, silencedElsewhere, suppressedBy, state, subject } = alert;
  const holding = silences.filter(({ id }) => silencedBy.includes(id));
  const isOver = state === 'resolved';
  return (
    <>
      {freshness !== 'live' && subject.dc !== '' ? <StaleNotice dc={subject.dc} freshness={freshness} /> : null}
      {isOver ? null : (
        <ul className={styles.standing}>
          {acknowledged ? (
            <li>
              <b>{text.alerts.acknowledgedBy(who(acknowledged.by), words.moment(acknowledged.at))}</b>
              {acknowledged.note === '' ? null : <span>{visibleLine(acknowledged.note)}</span>}
            </li>
          ) : null}
          {holding.map(({ id, by, to, reason }) => (
            <li key={id}>
              <b>{text.alerts.silencedBy(who(by), words.moment(to))}</b>
              <span>{visibleLine(reason)}</span>
            </li>
          ))}
          {silencedElsewhere.map(({ outlet, by, comment, to }) => (
            <li key={`${outlet} ${by} ${comment} ${to}`}>
              <b>
                {text.alerts.silencedAt(visibleLine(outlet))}
                {text.comma}
                {text.alerts.silencedBy(who(by), words.moment(to))}
              </b>
              <span>{visibleLine(comment)}</span>
            </li>
          ))}
          {suppressedBy === null ? null : <CauseLine id={suppressedBy} />}
          {state === 'pending' ? <li>{text.alerts.pendingHint}</li> : null}
        </ul>
      )}
    </>
  );
}

/** Which alert tells the cause of this one. */
function CauseLine({ id }: { id: string }) {
  const text = useText();
  const words = useAlertWords();
  const link = useAlertLinks();
  const select = useCallback((body: AlertsBody) => body.items.find((alert) => alert.id === id), [id]);
  const cause = useAlerts(select);
  return (
    <li>
      <b>{text.alerts.suppressedBy}</b>
      <Link {...link(id)}>
        <bdi>{cause ? words.title(cause) : visibleLine(id)}</bdi>
      </Link>
    </li>
  );
}

function StaleNotice({ dc, freshness }: { dc: string; freshness: Exclude<FreshnessState, 'live'> }) {
  const text = useText();
  const { lastContactMs, reason } = useFreshness(dc);
  return (
    <div className={styles.notice}>
      <Notice title={text.alerts.staleHint(visibleLine(dc), text.freshness.notLive(freshness, lastContactMs))}>
        {reason}
      </Notice>
    </div>
  );
}
