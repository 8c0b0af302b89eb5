'use client';

import { BellOff } from 'lucide-react';
import { type FormEvent, useId, useMemo, useRef, useState } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useLive } from '@/components/live/context';
import { useAlerts } from '@/components/live/use-alerts';
import { useNow } from '@/components/live/use-now';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { AlertsBody, Silence } from '@/lib/alerts/alert-body';
import { alertFields } from '@/lib/filter/alert-fields';
import { knownValues } from '@/lib/filter/known-values';
import { readFilter } from '@/lib/filter/read-filter';
import { SilenceBeginField } from './silence-begin-field';
import { SilenceFailure } from './silence-failure';
import styles from './silence-form.module.css';
import { SilenceMatches } from './silence-matches';
import { beginOfSpan, endOfSpan, type SilenceSpan } from './silence-span';
import { SilenceSpanField } from './silence-span-field';
import { useSilencePreview } from './use-silence-preview';
import { useSilencing } from './use-silencing';

interface SilenceFormProps {
  /** What it holds for at first. */
  readonly filter: string;
  readonly onMade: (silence: Silence) => void;
  /** Stands beside the button that silences. */
  readonly cancel?: () => void;
}

const itemsOf = (body: AlertsBody) => body.items;
const none: AlertsBody['items'] = [];

/** Which alerts are silenced, how long and why. What is missing is said where it is missing, and nothing is sent before it is there. */
export function SilenceForm({ filter: first, onMade, cancel }: SilenceFormProps) {
  const text = useText();
  const clock = useClockText();
  const { core } = useLive();
  const id = useId();
  const reasonInput = useRef<HTMLInputElement>(null);
  const [filter, setFilter] = useState(first);
  const [span, setSpan] = useState<SilenceSpan>({ choice: '2h', local: '', beginsLocal: null });
  const [reason, setReason] = useState('');
  const [typedAll, typeAll] = useState('');
  const [tried, markTried] = useState(false);
  const nowMs = useNow(1_000);
  const alerts = useAlerts(itemsOf) ?? none;
  const values = useMemo(() => knownValues(alertFields, alerts), [alerts]);
  const reading = useMemo(() => readFilter(filter, alertFields), [filter]);
  const error = reading.ok ? null : reading.error;
  const previewed = useSilencePreview(error === null ? filter : null);
  const silencing = useSilencing(onMade);
  const closed = previewed.problem?.isClosed ?? false;

  const matchesAll = previewed.preview?.matchesAll ?? silencing.problem?.code === 'matches-all';
  const confirmed = matchesAll && typedAll.trim().toLowerCase() === text.silences.all;
  const beginMs = beginOfSpan(span, nowMs, clock.timeZone);
  const endMs = endOfSpan(span, nowMs, clock.timeZone);
  const noReason = reason.trim() === '';
  const missing = error !== null || !(endMs > nowMs && endMs > beginMs) || noReason || (matchesAll && !confirmed);

  const submitText = () => {
    if (Number.isNaN(beginMs) || Number.isNaN(endMs)) return text.silences.title;
    const end = clock.momentToMinute(endMs, nowMs);
    if (span.beginsLocal === null) return text.silences.submit(end);
    return text.silences.submitLater(clock.momentToMinute(beginMs, nowMs), end);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    markTried(true);
    if (noReason) reasonInput.current?.focus();
    if (missing || closed || silencing.isMaking) return;
    silencing.make(JSON.stringify([filter, span, reason, confirmed]), () => ({
      filter,
      ...(span.beginsLocal === null ? {} : { from: new Date(beginMs).toISOString() }),
      to: new Date(endOfSpan(span, core.serverClock.nowMs(), clock.timeZone)).toISOString(),
      reason: reason.trim(),
      ...(confirmed ? { confirmAll: true } : {}),
    }));
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.field}>
        <span className={styles.label}>{text.silences.matchers}</span>
        <FilterInput
          schema={alertFields}
          values={values}
          value={filter}
          onChange={setFilter}
          error={error}
          applied={null}
          label={text.silences.matchersOf}
          bySlash={false}
        />
        <SilenceMatches previewed={previewed} matchesAll={matchesAll} typed={typedAll} type={typeAll} />
      </div>
      <SilenceBeginField span={span} change={setSpan} beginMs={beginMs} nowMs={nowMs} tried={tried} />
      <SilenceSpanField span={span} change={setSpan} beginMs={beginMs} endMs={endMs} nowMs={nowMs} tried={tried} />
      <div className={styles.field}>
        <label className={styles.label} htmlFor={`${id}-reason`}>
          {text.silences.reason}
        </label>
        <input
          ref={reasonInput}
          id={`${id}-reason`}
          className={styles.input}
          type="text"
          value={reason}
          maxLength={1_000}
          placeholder={text.silences.reasonHint}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
          aria-required
          aria-invalid={tried && noReason}
          aria-describedby={`${id}-no-reason`}
        />
        <p id={`${id}-no-reason`} className={styles.wrong} role="status">
          {tried && noReason ? text.silences.noReason : null}
        </p>
      </div>
      {silencing.problem && silencing.problem.code !== 'matches-all' ? (
        <SilenceFailure problem={silencing.problem} />
      ) : null}
      {closed ? <p className={styles.closed}>{text.silences.closed}</p> : null}
      <div className={styles.foot}>
        {cancel ? (
          <button type="button" className={buttons.plain} onClick={cancel}>
            {text.silences.cancel}
          </button>
        ) : null}
        <button
          type="submit"
          className={cancel ? buttons.primary : `${buttons.quiet} ${styles.whole}`}
          disabled={silencing.isMaking || closed}
        >
          <BellOff size={15} aria-hidden="true" />
          {silencing.isMaking ? text.silences.submitting : submitText()}
        </button>
      </div>
    </form>
  );
}
