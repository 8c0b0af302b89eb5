'use client';

import { BellOff, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { useNow } from '@/components/live/use-now';
import buttons from '@/components/ui/button.module.css';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { silenceGroups } from './listed-silences';
import { SilenceDialog } from './silence-dialog';
import { SilenceRow } from './silence-row';
import styles from './silences-tab.module.css';

const whole = (body: AlertsBody) => body;
const order = ['active', 'scheduled', 'expired'] as const;

/** Every silence there is, Lictor's and those of each Alertmanager, and a way to make one. */
export function SilencesTab() {
  const text = useText();
  const body = useAlerts(whole);
  const nowMs = useNow(30_000);
  const [making, make] = useState(false);
  const groups = useMemo(() => body && silenceGroups(body, nowMs), [body, nowMs]);
  const count = groups ? order.reduce((sum, state) => sum + groups[state].length, 0) : 0;
  return (
    <>
      <div className={styles.bar}>
        <p>{text.silences.hint}</p>
        <button type="button" className={buttons.quiet} onClick={() => make(true)}>
          <Plus size={15} aria-hidden="true" />
          {text.silences.make}
        </button>
      </div>
      {groups === undefined ? (
        <Card aria-busy="true">
          <p className={styles.loading}>{text.silences.loading}</p>
        </Card>
      ) : null}
      {groups && count === 0 ? (
        <Card>
          <EmptyState
            mark={<BellOff size={20} aria-hidden="true" />}
            title={text.silences.none}
            hint={text.silences.noneHint}
          />
        </Card>
      ) : null}
      {order.map((state) =>
        groups && groups[state].length > 0 ? (
          <Card key={state} className={styles.group} aria-labelledby={`silences-${state}`}>
            <CardTitle id={`silences-${state}`} count={text.number(groups[state].length)}>
              {text.silences.states[state]}
            </CardTitle>
            <ul>
              {groups[state].map((silence) => (
                <SilenceRow key={silence.key} silence={silence} state={state} nowMs={nowMs} />
              ))}
            </ul>
          </Card>
        ) : null,
      )}
      {making ? <SilenceDialog filter="" close={() => make(false)} /> : null}
    </>
  );
}
