'use client';

import Link from 'next/link';
import { useCallback, useMemo, useState } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { Card, CardTitle } from '@/components/ui/card';
import { alertsHref } from '@/components/ui/links';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { AlertState, AlertsBody } from '@/lib/alerts/alert-body';
import { firingAlerts } from '@/lib/alerts/view/subject-alerts';
import { AlertLine } from './alert-line';
import styles from './overview-alerts.module.css';

/** So many at first: the worst. */
const AT_FIRST = 5;

const whole = (body: AlertsBody) => body;

/** What fires, where and since when, the worst first. Where nothing does it says so in its place, so that nothing moves far when something begins. */
export function OverviewAlerts() {
  const text = useText();
  const body = useAlerts(whole);
  const [dc] = useDatacenterChoice();
  const [open, show] = useState(false);
  const items = body?.items;
  const alerts = useMemo(() => (items ? firingAlerts(items, dc) : []), [items, dc]);
  const byId = useCallback((id: string) => items?.find((alert) => alert.id === id), [items]);
  if (!body) return null;
  const isHere = (state: AlertState) =>
    body.items.filter((alert) => alert.state === state && (dc === null || alert.subject.dc === dc)).length;
  const aside = text.alertsElsewhere.aside(isHere('silenced'), isHere('suppressed'));
  const shown = open ? alerts : alerts.slice(0, AT_FIRST);
  return (
    <Card className={styles.card} aria-labelledby="firing">
      <CardTitle
        id="firing"
        count={text.number(alerts.length)}
        aside={
          <Link className={styles.all} href={alertsHref(dc)}>
            {aside === '' ? text.alertsElsewhere.all : aside}
          </Link>
        }
      >
        {text.alerts.title}
      </CardTitle>
      {alerts.length === 0 ? (
        <p className={styles.none}>
          <StatusIcon status="passing" />
          {text.alerts.none}
        </p>
      ) : null}
      <ul aria-labelledby="firing">
        {shown.map((alert) => (
          <AlertLine key={alert.id} alert={alert} silences={body.silences} byId={byId} placed />
        ))}
      </ul>
      {alerts.length > AT_FIRST ? (
        <button type="button" className={styles.more} onClick={() => show(!open)} aria-expanded={open}>
          {open ? text.alertsElsewhere.fewer : text.alertsElsewhere.more(alerts.length - AT_FIRST)}
        </button>
      ) : null}
    </Card>
  );
}
