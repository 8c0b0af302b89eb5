'use client';

import { CalendarRange } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type FormEvent, useId, useState } from 'react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { SHORTEST_SPAN_MS, type Span } from '@/lib/timeline/span';
import { momentOfLocal, zoneOffsetMs } from '@/lib/timeline/zone-offset';
import styles from './timeline-bar.module.css';

interface CustomRangeProps {
  readonly span: Span;
  /** The span is one of the reader's own. */
  readonly chosen: boolean;
  readonly show: (span: Span) => void;
}

/** From when to when, in the reader's zone; another span is typed in. */
export function CustomRange({ span, chosen, show }: CustomRangeProps) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={styles.button} data-chosen={chosen || undefined} title={text.timeline.custom}>
        <CalendarRange size={15} aria-hidden="true" />
        <span className={styles.span}>{clock.span(span.fromMs, span.toMs, nowMs)}</span>
        <span className={styles.zone}>{clock.zone(span.toMs)}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.popover} align="start" sideOffset={6} aria-label={text.timeline.custom}>
          <SpanForm
            span={span}
            show={(typed) => {
              setOpen(false);
              show(typed);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function SpanForm({ span, show }: { span: Span; show: (span: Span) => void }) {
  const text = useText();
  const { timeZone } = useClockText();
  const id = useId();
  const [from, setFrom] = useState(localOf(span.fromMs, timeZone));
  const [to, setTo] = useState(localOf(span.toMs, timeZone));
  const typed = { fromMs: momentOf(from, timeZone), toMs: momentOf(to, timeZone) };
  const wrong = !(typed.toMs - typed.fromMs >= SHORTEST_SPAN_MS);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) show(typed);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label htmlFor={`${id}-from`}>{text.timeline.from}</label>
      <input
        id={`${id}-from`}
        type="datetime-local"
        step={1}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
        aria-invalid={wrong}
        aria-describedby={`${id}-wrong`}
      />
      <label htmlFor={`${id}-to`}>{text.timeline.to}</label>
      <input
        id={`${id}-to`}
        type="datetime-local"
        step={1}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        aria-invalid={wrong}
        aria-describedby={`${id}-wrong`}
      />
      <p id={`${id}-wrong`} role="status" className={styles.wrong}>
        {wrong ? text.timeline.badRange : null}
      </p>
      <button type="submit" className={styles.button} disabled={wrong}>
        {text.timeline.apply}
      </button>
    </form>
  );
}

/** As an input of type datetime-local writes it. */
const localOf = (atMs: number, timeZone: string): string =>
  new Date(atMs + zoneOffsetMs(atMs, timeZone)).toISOString().slice(0, 19);

/** NaN: nothing whole is typed. */
function momentOf(local: string, timeZone: string): number {
  const localMs = Date.parse(`${local}Z`);
  return Number.isNaN(localMs) ? localMs : momentOfLocal(localMs, timeZone);
}
