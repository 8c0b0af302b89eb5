'use client';

import { ExternalLink } from 'lucide-react';
import Link from 'next/link';
import buttons from '@/components/ui/button.module.css';
import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import type { AlertBody, AlertRecord, AlertSubject, Outlet } from '@/lib/alerts/alert-body';
import { AcknowledgeForm } from './acknowledge-form';
import { AlertActions } from './alert-actions';
import styles from './alert-detail.module.css';
import { AlertIcon } from './alert-icon';
import { AlertSince } from './alert-since';
import { alertmanagerHref } from './alertmanager-href';
import { subjectHref } from './subject-href';
import { useAcknowledge } from './use-acknowledge';
import { useAlertWords } from './use-alert-words';

interface AlertHeadProps {
  readonly alert: AlertRecord;
  readonly outlets: readonly Outlet[];
  readonly connected: boolean;
  readonly take: (body: AlertBody) => void;
}

/** What an alert says in one sentence, of what and since when, and what can be done about it. */
export function AlertHead({ alert, outlets, connected, take }: AlertHeadProps) {
  const text = useText();
  const words = useAlertWords();
  const acknowledging = useAcknowledge(alert, connected, take);
  const { subject, rule, severity } = alert;
  const outlet = outlets.find(({ kind }) => kind === 'alertmanager');
  const elsewhere = outlet ? alertmanagerHref(outlet.url, alert.id) : null;
  return (
    <header className={styles.head}>
      <div className={styles.first}>
        <AlertIcon alert={alert} size={22} />
        <h2 className={styles.title}>
          <bdi>{words.title(alert)}</bdi>
        </h2>
        <div className={styles.actions}>
          {elsewhere === null ? null : (
            <a className={buttons.quiet} href={elsewhere} target="_blank" rel="noreferrer">
              {text.alerts.openOne}
              <ExternalLink size={14} aria-hidden="true" />
            </a>
          )}
          <AlertActions alert={alert} acknowledging={acknowledging} />
        </div>
      </div>
      <p className={styles.sentence}>{words.sentence(alert)}</p>
      <ul className={styles.facts}>
        <li>
          <Link prefetch={false} className={styles.subject} href={subjectHref(subject)}>
            <Name>{placeOf(subject)}</Name>
          </Link>
        </li>
        <li>{text.alerts.severity[severity]}</li>
        <li>{text.alerts.rule(rule)}</li>
        <li>
          <AlertSince alert={alert} />
        </li>
      </ul>
      {acknowledging.isOpen ? <AcknowledgeForm acknowledging={acknowledging} /> : null}
      {acknowledging.problem === null ? null : (
        <p className={styles.problem} role="alert">
          {acknowledging.problem}
        </p>
      )}
    </header>
  );
}

function placeOf({ kind, dc, name }: AlertSubject): string {
  if (kind === 'lictor') return 'Lictor';
  return kind === 'datacenter' ? name : `${dc} / ${name}`;
}
