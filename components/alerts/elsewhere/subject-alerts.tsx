'use client';

import { useCallback, useMemo } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { Card } from '@/components/ui/card';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { type AlertedSubject, subjectAlerts } from '@/lib/alerts/view/subject-alerts';
import { AlertLine } from './alert-line';
import styles from './subject-alerts.module.css';

const whole = (body: AlertsBody) => body;

/** The open alerts of what a page is about; nothing where there is none, and of the past, which has no present ones. */
export function SubjectAlerts({ subject }: { subject: AlertedSubject }) {
  const text = useText();
  const body = useAlerts(whole);
  const items = body?.items;
  const key = JSON.stringify(subject);
  const alerts = useMemo(() => (items ? subjectAlerts(items, JSON.parse(key) as AlertedSubject) : []), [items, key]);
  const byId = useCallback((id: string) => items?.find((alert) => alert.id === id), [items]);
  if (!body || alerts.length === 0) return null;
  return (
    <Card className={styles.card} aria-label={text.alertsElsewhere.ofSubject}>
      <ul>
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} silences={body.silences} byId={byId} />
        ))}
      </ul>
    </Card>
  );
}
