'use client';

import { Send } from 'lucide-react';
import { useAlerts } from '@/components/live/use-alerts';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { DeadLetterList } from './dead-letter-list';
import styles from './delivery.module.css';
import { OutletRow } from './outlet-row';

const outletsOf = (body: AlertsBody) => body.outlets;

/** Where alerts are sent, how that goes, and what could not be sent. */
export function DeliveryTab() {
  const text = useText();
  const outlets = useAlerts(outletsOf);
  return (
    <div className={styles.cards}>
      <Card aria-labelledby="outlets" aria-busy={outlets === undefined}>
        <CardTitle id="outlets" {...(outlets ? { count: text.number(outlets.length) } : {})}>
          {text.delivery.title}
        </CardTitle>
        {outlets === undefined ? <p className={styles.loading}>{text.delivery.loading}</p> : null}
        {outlets?.length === 0 ? (
          <EmptyState
            mark={<Send size={20} aria-hidden="true" />}
            title={text.delivery.none}
            hint={text.delivery.noneHint}
          />
        ) : null}
        <ul>
          {outlets?.map((outlet) => (
            <OutletRow key={outlet.name} outlet={outlet} />
          ))}
        </ul>
      </Card>
      <DeadLetterList hasWebhooks={outlets?.some(({ kind }) => kind === 'webhook') ?? false} />
    </div>
  );
}
