'use client';

import { BellOff } from 'lucide-react';
import { useState } from 'react';
import { useNow } from '@/components/live/use-now';
import buttons from '@/components/ui/button.module.css';
import { Card, CardTitle } from '@/components/ui/card';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { AlertRecord, Silence } from '@/lib/alerts/alert-body';
import styles from './silence-card.module.css';
import { silenceFilterOf } from './silence-filter-of';
import { SilenceForm } from './silence-form';

/** Silences an alert from where it is shown. Remount it (`key`) for another alert. */
export function SilenceCard({ alert }: { alert: AlertRecord }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const [made, setMade] = useState<Silence | null>(null);
  return (
    <Card aria-labelledby="silence">
      <CardTitle id="silence">{text.silences.title}</CardTitle>
      <div className={styles.body}>
        {made ? (
          <div className={styles.made} role="status">
            <p>
              <BellOff size={15} aria-hidden="true" />
              <b title={clock.utc(Date.parse(made.to))}>
                {text.silences.made(clock.momentToMinute(Date.parse(made.to), nowMs))}
              </b>
            </p>
            <button type="button" className={buttons.quiet} onClick={() => setMade(null)}>
              {text.silences.another}
            </button>
          </div>
        ) : (
          <SilenceForm filter={silenceFilterOf(alert)} onMade={setMade} />
        )}
      </div>
    </Card>
  );
}
