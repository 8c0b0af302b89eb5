'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { alertsHref } from '@/components/ui/links';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { isWatchdog } from '@/lib/alerts/view/alert-order';
import type { Status } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './alerts-page.module.css';
import { useAlertWords } from './use-alert-words';

interface NothingFiresProps {
  readonly body: AlertsBody;
  /** null: all. */
  readonly dc: string | null;
  readonly connected: boolean;
}

/** That nothing fires: since when, and what proves that it would be seen otherwise. */
export function NothingFires({ body, dc, connected }: NothingFiresProps) {
  const text = useText();
  const words = useAlertWords();
  const { items, rules, outlets } = body;
  const watched = items.some((alert) => isWatchdog(alert) && alert.state !== 'resolved');
  const last = items.reduce<string | null>((latest, { resolvedAt, subject }) => {
    if (resolvedAt === null || (dc !== null && subject.dc !== dc)) return latest;
    return latest === null || resolvedAt > latest ? resolvedAt : latest;
  }, null);
  const failing = outlets.filter(({ state }) => state === 'failing').length;
  const delivery =
    outlets.length === 0
      ? text.alerts.nowhere
      : failing > 0
        ? text.alerts.failing(failing)
        : outlets.map(nameOf).join(text.comma);
  return (
    <EmptyState
      mark={<StatusIcon status={connected ? 'passing' : 'unknown'} size={24} />}
      title={text.alerts.none + (dc === null ? '' : ` · ${visibleLine(dc)}`)}
      hint={last === null ? text.alerts.noneLately : text.alerts.noneSince(words.moment(last))}
    >
      <dl className={styles.proofs}>
        <Proof name={text.alerts.words.watchdog} status={!watched ? 'warning' : connected ? 'passing' : 'unknown'}>
          {watched ? text.alerts.watchdogAlive : text.alerts.watchdogAway}
        </Proof>
        <Proof name={text.alerts.tab.rules} status={rules.error === null ? 'passing' : 'warning'}>
          <Link prefetch={false} href={alertsHref(dc, null, 'rules')}>
            {text.alerts.inForce(rules.rules)}
          </Link>
        </Proof>
        <Proof name={text.alerts.tab.delivery} status={outlets.length === 0 || failing > 0 ? 'warning' : 'passing'}>
          <Link prefetch={false} href={alertsHref(dc, null, 'delivery')}>
            {delivery}
          </Link>
        </Proof>
      </dl>
    </EmptyState>
  );
}

const nameOf = ({ name }: AlertsBody['outlets'][number]): string => visibleLine(name);

function Proof({ name, status, children }: { name: string; status: Status; children: ReactNode }) {
  return (
    <div data-status={status}>
      <dt>{name}</dt>
      <dd>
        <StatusIcon status={status} />
        {children}
      </dd>
    </div>
  );
}
