'use client';

import { BellOff, Hand } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useEffectEvent, useState } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import styles from './alert-detail.module.css';
import { changesClosed } from './changes-closed';
import { isTypedInto } from './is-typed-into';
import { silenceFilterOf } from './silences/silence-filter-of';
import type { Acknowledging } from './use-acknowledge';

/** Loaded when it is first wanted. */
const SilenceDialog = dynamic(() => import('./silences/silence-dialog').then((module) => module.SilenceDialog), {
  ssr: false,
});

/** What can be done about an alert; `a` and `s` do it from anywhere on the page. */
export function AlertActions({ alert, acknowledging }: { alert: AlertRecord; acknowledging: Acknowledging }) {
  const text = useText();
  const [silencing, setSilencing] = useState(false);
  const { state } = alert;
  const isClosed = useAlerts(changesClosed) ?? false;
  const canAcknowledge = state === 'firing' && !isClosed;
  const canSilence = state !== 'resolved' && state !== 'silenced' && !isClosed;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isTypedInto(event.target)) return;
    if (event.key === 'a' && canAcknowledge) acknowledging.open();
    else if (event.key === 's' && canSilence) setSilencing(true);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (
    <>
      {canSilence ? (
        <button type="button" className={buttons.quiet} aria-keyshortcuts="s" onClick={() => setSilencing(true)}>
          <BellOff size={14} aria-hidden="true" />
          {text.alerts.silence}
        </button>
      ) : null}
      {canAcknowledge ? (
        <button
          type="button"
          className={buttons.primary}
          aria-keyshortcuts="a"
          aria-expanded={acknowledging.isOpen}
          onClick={acknowledging.isOpen ? acknowledging.close : acknowledging.open}
        >
          <Hand size={14} aria-hidden="true" />
          {text.alerts.acknowledge}
        </button>
      ) : null}
      {isClosed ? <p className={styles.closed}>{text.alerts.problem.closed}</p> : null}
      {state === 'acknowledged' && !isClosed ? (
        <button
          type="button"
          className={buttons.quiet}
          disabled={acknowledging.isAsking}
          onClick={acknowledging.takeBack}
        >
          {acknowledging.isAsking ? text.alerts.takingBack : text.alerts.takeBack}
        </button>
      ) : null}
      {silencing ? <SilenceDialog filter={silenceFilterOf(alert)} close={() => setSilencing(false)} /> : null}
    </>
  );
}
