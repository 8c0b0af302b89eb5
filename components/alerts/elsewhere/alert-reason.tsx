'use client';

import Link from 'next/link';
import { useAlertWords } from '@/components/alerts/use-alert-words';
import { useWho } from '@/components/alerts/use-who';
import { alertsHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord, Silence } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './alert-line.module.css';

interface AlertReasonProps {
  readonly alert: AlertRecord;
  readonly silences: readonly Silence[];
  readonly byId: (id: string) => AlertRecord | undefined;
}

/** Why nobody is called of it: who looks after it, who silenced it until when, or which alert tells its cause. */
export function AlertReason({ alert, silences, byId }: AlertReasonProps) {
  const text = useText();
  const words = useAlertWords();
  const who = useWho();
  const { acknowledged, silencedBy, silencedElsewhere, suppressedBy } = alert;
  const holding = silences.filter(({ id }) => silencedBy.includes(id));
  const said = (lead: string, note: string) => (note === '' ? lead : `${lead}: ${visibleLine(note)}`);
  const lines = [
    ...(acknowledged
      ? [said(text.alerts.acknowledgedBy(who(acknowledged.by), words.moment(acknowledged.at)), acknowledged.note)]
      : []),
    ...holding.map(({ by, to, reason }) => said(text.alerts.silencedBy(who(by), words.moment(to)), reason)),
    ...silencedElsewhere.map(({ outlet, by, comment, to }) =>
      said(
        `${text.alerts.silencedAt(visibleLine(outlet))}${text.comma}${text.alerts.silencedBy(who(by), words.moment(to))}`,
        comment,
      ),
    ),
  ];
  const cause = suppressedBy === null ? undefined : byId(suppressedBy);
  return (
    <>
      {lines.map((line) => (
        <p key={line} className={styles.reason}>
          <bdi>{line}</bdi>
        </p>
      ))}
      {suppressedBy === null ? null : (
        <p className={styles.reason}>
          {text.alertsElsewhere.causeIn}{' '}
          <Link prefetch={false} href={alertsHref(null, suppressedBy)}>
            <bdi>{cause ? words.title(cause) : visibleLine(suppressedBy)}</bdi>
          </Link>
        </p>
      )}
    </>
  );
}
