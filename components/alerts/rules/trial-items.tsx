'use client';

import { useState } from 'react';
import { AlertIcon } from '@/components/alerts/alert-icon';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { RulesTrial } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './trial.module.css';

/** So many at first: the newest, on one screen. */
const AT_FIRST = 12;

/** What would have alerted, one by one. `all`: how many there were; not all of them are told. */
export function TrialItems({ items, all }: { items: RulesTrial['items']; all: number }) {
  const text = useText();
  const [open, show] = useState(false);
  const shown = open ? items : items.slice(0, AT_FIRST);
  return (
    <section className={styles.items} aria-labelledby="trial-items">
      <h3 id="trial-items">
        {text.alertRules.items} <span>{text.alertRules.itemsOf(items.length, all)}</span>
      </h3>
      <ul>
        {shown.map((item) => (
          <TrialItem key={`${item.rule} ${item.key} ${item.firedAt}`} item={item} />
        ))}
      </ul>
      {items.length > AT_FIRST ? (
        <button type="button" onClick={() => show(!open)} aria-expanded={open}>
          {open ? text.alerts.fewer : text.alerts.more(items.length - AT_FIRST)}
        </button>
      ) : null}
    </section>
  );
}

function TrialItem({ item }: { item: RulesTrial['items'][number] }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { rule, severity, firedAt, resolvedAt, summary, suppressed } = item;
  const firedMs = Date.parse(firedAt);
  return (
    <li data-suppressed={suppressed || undefined}>
      <AlertIcon alert={{ severity, state: 'firing' }} size={14} />
      <p>
        <bdi>{visibleLine(summary)}</bdi>
        <small>
          {visibleLine(rule)}
          {suppressed ? ` · ${text.alertRules.suppressed}` : null}
        </small>
      </p>
      <p className={styles.at}>
        <time dateTime={firedAt} title={clock.utc(firedMs)}>
          {clock.momentToMinute(firedMs, nowMs)}
        </time>
        <small>
          {resolvedAt === null
            ? text.alertRules.stillFiring
            : text.alertRules.lasted(text.durationShort(Date.parse(resolvedAt) - firedMs))}
        </small>
      </p>
    </li>
  );
}
