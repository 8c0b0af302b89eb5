'use client';

import { type FormEvent, useEffect, useId, useRef } from 'react';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import styles from './alert-detail.module.css';
import type { Acknowledging } from './use-acknowledge';

const LONGEST_NOTE = 1_000;

/** Asks for a note, in place: Enter acknowledges, Escape leaves it. */
export function AcknowledgeForm({ acknowledging }: { acknowledging: Acknowledging }) {
  const text = useText();
  const { note, setNote, isAsking, acknowledge, close } = acknowledging;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => input.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    acknowledge();
  };
  return (
    <form
      className={styles.acknowledge}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) close();
      }}
    >
      <label htmlFor={id}>{text.alerts.note}</label>
      <input
        ref={input}
        id={id}
        type="text"
        value={note}
        maxLength={LONGEST_NOTE}
        onChange={(event) => setNote(event.target.value)}
        placeholder={text.alerts.notePlaceholder}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
      />
      <button type="submit" className={buttons.primary} disabled={isAsking}>
        {isAsking ? text.alerts.acknowledging : text.alerts.confirm}
      </button>
      <button type="button" className={buttons.plain} onClick={close} disabled={isAsking}>
        {text.alerts.cancel}
      </button>
      <p id={`${id}-hint`}>{text.alerts.acknowledgeHint}</p>
    </form>
  );
}
