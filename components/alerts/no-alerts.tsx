'use client';

import { useView } from '@/components/observed/use-view';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { AlertState, AlertsBody } from '@/lib/alerts/alert-body';
import { countAlerts, openCount } from '@/lib/alerts/view/alert-counts';
import { isWatchdog } from '@/lib/alerts/view/alert-order';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './alerts-page.module.css';
import { useAlertWords } from './use-alert-words';

interface NoAlertsProps {
  readonly body: AlertsBody | undefined;
  /** Lines in the list. */
  readonly matching: number;
  readonly state: AlertState | null;
  /** Filter that is applied. */
  readonly filter: string;
}

/** In the place of an alert: nothing fires, nothing matches, or nothing is known. */
export function NoAlerts({ body, matching, state, filter }: NoAlertsProps) {
  const text = useText();
  const { connected, dc } = useView();
  const unknown = <StatusIcon status="unknown" size={20} />;
  if (!connected && !body) return <EmptyState mark={unknown} title={text.verdict.lostConnection} />;
  if (!body) {
    return (
      <div aria-busy="true">
        <EmptyState mark={unknown} title={text.alerts.waiting} hint={text.alerts.waitingHint} />
      </div>
    );
  }
  if (matching === 0 && filter.trim() !== '') {
    return <EmptyState title={text.alerts.noMatch} hint={text.alerts.noMatchHint} />;
  }
  if (state !== null) return <EmptyState title={text.alerts.noneOf(state)} />;
  const inSight = dc === null ? body.items : body.items.filter(({ subject }) => subject.dc === dc);
  if (openCount(countAlerts(inSight)) > 0)
    return <EmptyState title={text.alerts.choose} hint={text.alerts.chooseHint} />;
  return <NothingFires body={body} dc={dc} connected={connected} />;
}

/** Since when, and what proves that it would be seen otherwise. */
function NothingFires({ body, dc, connected }: { body: AlertsBody; dc: string | null; connected: boolean }) {
  const text = useText();
  const words = useAlertWords();
  const watched = body.items.some((alert) => isWatchdog(alert) && alert.state !== 'resolved');
  const last = body.items.reduce<string | null>((latest, { resolvedAt, subject }) => {
    if (resolvedAt === null || (dc !== null && subject.dc !== dc)) return latest;
    return latest === null || resolvedAt > latest ? resolvedAt : latest;
  }, null);
  return (
    <div className={styles.nothing} data-freshness={connected ? 'live' : 'stale'}>
      <EmptyState
        mark={<StatusIcon status={connected ? 'passing' : 'unknown'} size={24} />}
        title={text.alerts.none + (dc === null ? '' : ` · ${visibleLine(dc)}`)}
        hint={last === null ? text.alerts.noneLately : text.alerts.noneSince(words.moment(last))}
      >
        <p className={styles.watchdog} data-away={!watched || undefined}>
          {watched ? text.alerts.watchdogAlive : text.alerts.watchdogAway}
        </p>
      </EmptyState>
    </div>
  );
}
