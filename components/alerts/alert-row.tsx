'use client';

import Link from 'next/link';
import { memo } from 'react';
import { useView } from '@/components/observed/use-view';
import { Glow } from '@/components/ui/glow';
import hidden from '@/components/ui/hidden.module.css';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord, Silence } from '@/lib/alerts/alert-body';
import { believed } from '@/lib/fleet/service-row';
import { visibleLine } from '@/lib/text/visible-text';
import { AlertIcon } from './alert-icon';
import styles from './alert-list.module.css';
import { AlertTimes } from './alert-times';
import { useAlertLinks } from './use-alert-links';
import { useAlertNote } from './use-alert-note';
import { useAlertWords } from './use-alert-words';

interface AlertRowProps {
  readonly alert: AlertRecord;
  /** It stands under its cause. */
  readonly inside: boolean;
  /** It is no longer in the list, and keeps its place while somebody reads. */
  readonly gone: boolean;
  /** What tells its cause, where that is elsewhere. */
  readonly cause: AlertRecord | undefined;
  readonly silence: Silence | undefined;
  readonly current: boolean;
  readonly index: number;
  readonly startPx: number;
  readonly tabIndex: number;
  readonly activate: (id: string) => void;
}

/** One alert in the list: what, where, for how long, and who looks after it. */
export const AlertRow = memo(function AlertRow(props: AlertRowProps) {
  const { alert, inside, gone, cause, silence, current, index, startPx, tabIndex, activate } = props;
  const text = useText();
  const words = useAlertWords();
  const link = useAlertLinks();
  const { connected } = useView();
  const freshness = believed(alert.freshness ?? 'live', connected);
  const note = useAlertNote(alert, silence, cause);
  const { dc } = alert.subject;
  return (
    <li
      className={styles.row}
      style={{ transform: `translateY(${startPx}px)` }}
      data-line={index}
      data-key={alert.id}
      data-status={alert.severity}
      data-alert-state={alert.state}
      data-freshness={freshness}
      data-gone={gone || undefined}
      data-inside={inside || undefined}
      data-current={current || undefined}
    >
      <AlertIcon alert={alert} />
      <div className={styles.what}>
        <Link
          {...link(alert.id)}
          aria-current={current ? 'true' : undefined}
          tabIndex={tabIndex}
          onFocus={() => activate(alert.id)}
        >
          <bdi>{words.title(alert)}</bdi>
          <span className={hidden.hidden}>
            {text.comma}
            {alert.state === 'resolved' ? text.alerts.state.resolved : text.alerts.severity[alert.severity]}
          </span>
        </Link>
        <span className={styles.note}>{[...(dc === '' ? [] : [visibleLine(dc)]), note].join(' · ')}</span>
      </div>
      <AlertTimes alert={alert} silence={silence} freshness={freshness} gone={gone} />
      <Glow of={alert.state} />
    </li>
  );
});
