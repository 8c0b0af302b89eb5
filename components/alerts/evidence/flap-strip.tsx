'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { FlapScaleEvidence } from '@/lib/alerts/evidence';
import { flapSlots } from '@/lib/alerts/view/flap-slots';
import styles from './flap-strip.module.css';

interface FlapStripProps {
  readonly scale: FlapScaleEvidence;
  /** There may have been more changes than were seen. */
  readonly atLeast: boolean;
}

/** The 20 slots of one width: which had a change, how many, and the score that they make. What nobody watched is hatched. */
export function FlapStrip({ scale, atLeast }: FlapStripProps) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { exact } = text.alerts.words;
  const slots = flapSlots(scale);
  const { slotMs, leastScore, mostScore } = scale;
  const count = (state: string) => slots.filter((slot) => slot.state === state).length;
  const says = text.alerts.stripSays(exact(slotMs), count('changed'), count('unknown'), leastScore);
  return (
    <div className={styles.scale} data-above={leastScore > scale.beginsAbove || undefined}>
      <div className={styles.width}>
        <b>{exact(slotMs)}</b>
        <span>{exact(slotMs * slots.length)}</span>
      </div>
      <div className={styles.strip} role="img" aria-label={says} data-paint>
        {slots.map(({ fromMs, toMs, state, changes, heightPercent }) => {
          const words =
            state === 'unknown'
              ? text.alerts.unwatched
              : changes === 0
                ? text.alerts.calm
                : text.alerts.changes(changes, atLeast);
          return (
            <span key={fromMs} className={styles.slot} title={text.alerts.slot(clock.span(fromMs, toMs, nowMs), words)}>
              <i data-slot={state} style={{ height: `${heightPercent}%` }} />
              <small>
                {state === 'unknown' ? '?' : changes > 0 && atLeast ? text.alerts.atLeast(changes) : changes}
              </small>
            </span>
          );
        })}
      </div>
      <div
        className={styles.score}
        title={
          leastScore === mostScore
            ? undefined
            : `${text.alerts.betweenScores(leastScore, mostScore)}. ${text.alerts.betweenWhy}`
        }
      >
        <b>
          {leastScore === mostScore ? '' : '≥ '}
          {text.number(Math.round(leastScore))}
        </b>
        <span>{text.alerts.scoreOf}</span>
      </div>
    </div>
  );
}
