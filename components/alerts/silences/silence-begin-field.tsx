'use client';

import { useId } from 'react';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import styles from './silence-form.module.css';
import { localMinute, type SilenceSpan } from './silence-span';

/** What is offered first of a later beginning, ms from now. */
const OFFERED_MS = 3_600_000;

interface SilenceBeginFieldProps {
  readonly span: SilenceSpan;
  readonly change: (span: SilenceSpan) => void;
  /** When it would begin; NaN: no whole moment is typed. */
  readonly beginMs: number;
  readonly nowMs: number;
  /** It was to be made so. */
  readonly tried: boolean;
}

/** When a silence begins: at once, or at a moment in the reader's zone, as before works that are planned. */
export function SilenceBeginField({ span, change, beginMs, nowMs, tried }: SilenceBeginFieldProps) {
  const text = useText();
  const clock = useClockText();
  const id = useId();
  const isLater = span.beginsLocal !== null;
  const wrong = tried && Number.isNaN(beginMs);
  const later = () =>
    change({ ...span, beginsLocal: span.beginsLocal ?? localMinute(nowMs + OFFERED_MS, clock.timeZone) });
  return (
    <div className={styles.field}>
      <fieldset className={styles.choices}>
        <legend className={styles.label}>{text.silences.beginning}</legend>
        <div className={segmented.group}>
          <button type="button" aria-pressed={!isLater} onClick={() => change({ ...span, beginsLocal: null })}>
            {text.silences.beginnings.now}
          </button>
          <button type="button" aria-pressed={isLater} onClick={later}>
            {text.silences.beginnings.later}
          </button>
        </div>
      </fieldset>
      {isLater ? (
        <input
          className={styles.input}
          type="datetime-local"
          value={span.beginsLocal ?? ''}
          onChange={(event) => change({ ...span, beginsLocal: event.target.value })}
          aria-label={text.silences.from}
          aria-invalid={wrong}
          aria-describedby={`${id}-begin`}
        />
      ) : null}
      <p id={`${id}-begin`} className={wrong ? styles.wrong : styles.hint} role="status">
        {wrong ? text.silences.noBeginning : null}
        {isLater && !Number.isNaN(beginMs) ? text.silences.untilInUtc(clock.utc(beginMs)) : null}
      </p>
    </div>
  );
}
