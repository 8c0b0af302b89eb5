'use client';

import { ArrowLeft } from 'lucide-react';
import { useAlert } from '@/components/live/use-alert';
import { useAlerts } from '@/components/live/use-alerts';
import { useView } from '@/components/observed/use-view';
import buttons from '@/components/ui/button.module.css';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { Outlet, Silence } from '@/lib/alerts/alert-body';
import { believed } from '@/lib/fleet/service-row';
import styles from './alert-detail.module.css';
import { AlertHead } from './alert-head';
import { AlertStanding } from './alert-standing';
import { changesClosed } from './changes-closed';
import { AlertEvidence } from './evidence/alert-evidence';
import { HistoryCard } from './history-card';
import { InsideCard } from './inside-card';
import { SentCard } from './sent-card';
import { SilenceCard } from './silences/silence-card';

interface AlertDetailProps {
  readonly id: string;
  /** undefined before the first answer. */
  readonly silences: readonly Silence[] | undefined;
  readonly outlets: readonly Outlet[] | undefined;
  /** Back to the list, where there is no room for both. */
  readonly back: () => void;
}

/** One alert: what it says, what it stands on, what it explains, what became of it. */
export function AlertDetail({ id, silences = [], outlets = [], back }: AlertDetailProps) {
  const text = useText();
  const { connected } = useView();
  const { record, body, unknown, error, take } = useAlert(id);
  const isClosed = useAlerts(changesClosed) ?? false;
  const toList = (
    <div className={styles.back}>
      <button type="button" className={buttons.plain} onClick={back}>
        <ArrowLeft size={14} aria-hidden="true" />
        {text.alerts.back}
      </button>
    </div>
  );
  if (!record) {
    return (
      <>
        {toList}
        {unknown ? (
          <EmptyState title={text.alerts.unknown} hint={text.alerts.unknownHint} />
        ) : error === null ? (
          <div className={styles.waiting} aria-busy="true">
            <EmptyState title={text.alerts.detailReading} />
          </div>
        ) : (
          <EmptyState mark={<StatusIcon status="unknown" size={20} />} title={text.alerts.detailFailed} hint={error} />
        )}
      </>
    );
  }
  const freshness = believed(record.freshness ?? 'live', connected);
  const isOpen = record.state !== 'resolved';
  return (
    <article
      data-key={record.id}
      data-status={record.severity}
      data-alert-state={record.state}
      data-freshness={freshness}
      className={styles.article}
    >
      {toList}
      <AlertHead alert={record} outlets={outlets} connected={connected} take={take} />
      <AlertStanding alert={record} silences={silences} freshness={freshness} />
      {error === null ? null : (
        <div className={styles.notice}>
          <Notice title={text.alerts.detailFailed}>{error}</Notice>
        </div>
      )}
      <div className={styles.grid}>
        <div className={styles.column}>
          <AlertEvidence alert={record} body={body} freshness={freshness} part="main" />
          {record.suppresses.length > 0 ? <InsideCard ids={record.suppresses} /> : null}
          <HistoryCard body={body} />
        </div>
        <div className={styles.column}>
          <AlertEvidence alert={record} body={body} freshness={freshness} part="aside" />
          {isOpen && record.state !== 'silenced' && !isClosed ? <SilenceCard alert={record} /> : null}
          <SentCard alert={record} outlets={outlets} />
        </div>
      </div>
    </article>
  );
}
