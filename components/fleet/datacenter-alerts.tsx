'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { alertsHref } from '@/components/ui/links';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord, AlertsBody } from '@/lib/alerts/alert-body';
import { firingAlerts, subjectAlerts } from '@/lib/alerts/view/subject-alerts';
import styles from './datacenter-card.module.css';

const itemsOf = (body: AlertsBody) => body.items;
const none: readonly AlertRecord[] = [];

/** The alerts of a datacenter itself, each by its name, and how many of what is in it fire. */
export function DatacenterAlerts({ dc }: { dc: string }) {
  const text = useText();
  const alerts = useAlerts(itemsOf) ?? none;
  const own = useMemo(() => subjectAlerts(alerts, { kind: 'datacenter', dc }), [alerts, dc]);
  const inside = useMemo(
    () => firingAlerts(alerts, dc).filter(({ subject }) => subject.kind === 'service' || subject.kind === 'node'),
    [alerts, dc],
  );
  if (own.length + inside.length === 0) return null;
  const isCritical = inside.some(({ severity }) => severity === 'critical');
  return (
    <ul className={styles.alerts}>
      {own.map((alert) => (
        <li key={alert.id} data-key={alert.id} data-status={alert.severity} data-alert-state={alert.state}>
          <Link prefetch={false} className={styles.alert} href={alertsHref(null, alert.id)}>
            <StatusIcon status={alert.severity === 'info' ? 'unknown' : alert.severity} />
            <bdi>{text.alerts.words.title(alert)}</bdi>
          </Link>
          {alert.state === 'firing' ? null : (
            <span className={styles.alertState}>{text.alerts.state[alert.state]}</span>
          )}
        </li>
      ))}
      {inside.length > 0 ? (
        <li>
          <Link prefetch={false} className={styles.alert} href={alertsHref(dc)}>
            <StatusIcon status={isCritical ? 'critical' : 'warning'} />
            {text.alertsElsewhere.firing(inside.length)}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}
