'use client';

import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import type { AlertState } from '@/lib/alerts/alert-body';
import type { AlertCounts } from '@/lib/alerts/view/alert-counts';
import styles from './alerts-page.module.css';

/** As the list has them. */
const shownStates: readonly AlertState[] = ['firing', 'acknowledged', 'silenced', 'suppressed', 'pending', 'resolved'];

interface StateChoiceProps {
  /** undefined before the first answer. */
  readonly counts: AlertCounts | undefined;
  readonly open: number;
  /** null: all. */
  readonly state: AlertState | null;
  readonly choose: (state: AlertState | null) => void;
}

/** How many alerts are in which state; the same switch shows one state alone. */
export function StateChoice({ counts, open, state, choose }: StateChoiceProps) {
  const text = useText();
  return (
    <fieldset className={`${segmented.group} ${styles.states}`} aria-label={text.alerts.byState}>
      <button type="button" aria-pressed={state === null} title={text.alerts.allWhy} onClick={() => choose(null)}>
        {text.alerts.all(open)}
      </button>
      {shownStates.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={state === one}
          data-alert-state={one}
          data-zero={counts?.[one] === 0 || undefined}
          onClick={() => choose(state === one ? null : one)}
        >
          {text.alerts.state[one]} <b>{counts ? text.number(counts[one]) : ''}</b>
        </button>
      ))}
    </fieldset>
  );
}
