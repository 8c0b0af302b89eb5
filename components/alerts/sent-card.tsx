'use client';

import { ExternalLink } from 'lucide-react';
import { Moment } from '@/components/observed/since';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord, Outlet } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './alert-detail.module.css';
import { alertmanagerHref } from './alertmanager-href';
import { EvidenceCard } from './evidence/evidence-card';

const tones = { ok: 'passing', failing: 'critical', idle: 'unknown', starting: 'unknown' } as const;

/** Where an alert is sent, and whether that is taken. */
export function SentCard({ alert, outlets }: { alert: AlertRecord; outlets: readonly Outlet[] }) {
  const text = useText();
  const isHeldBack = alert.state === 'pending' || alert.state === 'suppressed';
  return (
    <EvidenceCard title={text.alerts.sent}>
      {outlets.length === 0 ? <p className={styles.words}>{text.alerts.nowhere}</p> : null}
      {isHeldBack && outlets.length > 0 ? <p className={styles.words}>{text.alerts.notSent}</p> : null}
      <ul className={styles.outlets}>
        {outlets.map((outlet) => (
          <OutletLine key={outlet.name} outlet={outlet} id={alert.id} />
        ))}
      </ul>
    </EvidenceCard>
  );
}

/** One place, and how it goes there. */
function OutletLine({ outlet, id }: { outlet: Outlet; id: string }) {
  const text = useText();
  const { name, kind, url, state, reason, lastOkAt, waiting } = outlet;
  const href = kind === 'alertmanager' ? alertmanagerHref(url, id) : null;
  return (
    <li data-key={name} data-outlet={state}>
      <StatusIcon status={tones[state]} />
      <div>
        {href === null ? (
          <bdi>{visibleLine(name)}</bdi>
        ) : (
          <a href={href} target="_blank" rel="noreferrer">
            <bdi>{visibleLine(name)}</bdi>
            <ExternalLink size={12} aria-hidden="true" />
          </a>
        )}
        <span>
          {text.alerts.outletState[state]}
          {lastOkAt === null ? null : (
            <>
              {text.comma}
              {text.alerts.lastTaken} <Moment iso={lastOkAt} />
            </>
          )}
          {waiting > 0 ? text.comma + text.alerts.waits(waiting) : null}
        </span>
        {reason === null ? null : <span>{visibleLine(reason)}</span>}
      </div>
    </li>
  );
}
