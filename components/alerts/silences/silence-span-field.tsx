'use client';

import { useId } from 'react';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import styles from './silence-form.module.css';
import { localMinute, type SilenceSpan, spanChoices } from './silence-span';

/** What is offered first of a moment of one's own, ms from now. */
const OFFERED_MS = 24 * 3_600_000;

interface SilenceSpanFieldProps {
  readonly span: SilenceSpan;
  readonly change: (span: SilenceSpan) => void;
  /** When it would begin and end; NaN: no whole moment is typed. */
  readonly beginMs: number;
  readonly endMs: number;
  readonly nowMs: number;
  /** It was to be made so. */
  readonly tried: boolean;
}

/** How long a silence lasts: a while, or until a moment in the reader's zone, which is shown in UTC too. */
export function SilenceSpanField({ span, change, beginMs, endMs, nowMs, tried }: SilenceSpanFieldProps) {
  const text = useText();
  const clock = useClockText();
  const id = useId();
  const isPast = endMs <= nowMs;
  const endsFirst = !isPast && endMs <= beginMs;
  // Where the beginning is missing that is said there.
  const isMissing = tried && span.choice === 'until' && Number.isNaN(endMs);
  const wrong = isPast || endsFirst || isMissing;
  return (
    <div className={styles.field}>
      <fieldset className={styles.choices}>
        <legend className={styles.label}>{text.silences.duration}</legend>
        <div className={segmented.group}>
          {spanChoices.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={choice === span.choice}
              onClick={() =>
                change({
                  ...span,
                  choice,
                  local: span.local === '' ? localMinute(nowMs + OFFERED_MS, clock.timeZone) : span.local,
                })
              }
            >
              {text.silences.choices[choice]}
            </button>
          ))}
        </div>
      </fieldset>
      {span.choice === 'until' ? (
        <input
          className={styles.input}
          type="datetime-local"
          value={span.local}
          onChange={(event) => change({ ...span, choice: 'until', local: event.target.value })}
          aria-label={text.silences.until}
          aria-invalid={wrong}
          aria-describedby={`${id}-end`}
        />
      ) : null}
      <p id={`${id}-end`} className={wrong ? styles.wrong : styles.hint} role="status">
        {isPast ? text.silences.past : null}
        {endsFirst ? text.silences.endsFirst : null}
        {isMissing ? text.silences.noMoment : null}
        {span.choice === 'until' && !wrong && endMs > nowMs ? text.silences.untilInUtc(clock.utc(endMs)) : null}
      </p>
    </div>
  );
}
