'use client';

import { useView } from '@/components/observed/use-view';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { AlertState, AlertsBody } from '@/lib/alerts/alert-body';
import { openCount } from '@/lib/alerts/view/alert-counts';
import { NothingFires } from './nothing-fires';

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
  if (openCount(inSight) > 0) return <EmptyState title={text.alerts.choose} hint={text.alerts.chooseHint} />;
  return <NothingFires body={body} dc={dc} connected={connected} />;
}
