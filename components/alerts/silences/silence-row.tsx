'use client';

import { BellOff, CalendarClock, Check, ExternalLink } from 'lucide-react';
import buttons from '@/components/ui/button.module.css';
import { Chip } from '@/components/ui/chip';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { Silence } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import { EndSilence } from './end-silence';
import type { ListedSilence } from './listed-silences';
import styles from './silence-row.module.css';

interface SilenceRowProps {
  readonly silence: ListedSilence;
  readonly state: Silence['state'];
  readonly nowMs: number;
}

const icons = { active: BellOff, scheduled: CalendarClock, expired: Check } as const;

/** Nobody has a name until people sign in. */
const ANONYMOUS = 'anonymous';

/** One silence: what it holds for, until when, why and by whom; Lictor's own can be ended. */
export function SilenceRow({ silence, state, nowMs }: SilenceRowProps) {
  const text = useText();
  const clock = useClockText();
  const { outlet, filter, from, to, by, reason, own } = silence;
  const Icon = icons[state];
  const moment = (iso: string) => clock.momentToMinute(Date.parse(iso), nowMs);
  const utc = `${clock.utc(Date.parse(from))} – ${clock.utc(Date.parse(to))}`;
  const shown = filter.trim() === '' ? text.silences.everything : visibleLine(filter);
  const says = by === ANONYMOUS || by === '' ? text.silences.anonymous : visibleLine(by);
  return (
    <li className={styles.row} data-silence-state={state} data-silence={own?.id}>
      <span className={styles.icon}>
        <Icon size={15} aria-hidden="true" />
      </span>
      <div className={styles.what}>
        <p className={styles.filter}>
          <bdi>
            <code>{shown}</code>
          </bdi>
          <Chip>{outlet?.name ?? text.silences.here}</Chip>
        </p>
        <p className={styles.why}>
          <bdi>{visibleLine(reason)}</bdi> · {text.silences.by(says)}
        </p>
      </div>
      <p className={styles.holds} title={own ? text.silences.holdsWhy : undefined}>
        {own && state === 'active' ? text.silences.holdsFor(own.matches) : null}
      </p>
      <p className={styles.ends} title={utc}>
        {state === 'scheduled' ? <b>{text.silences.begins(moment(from))}</b> : null}
        <span>{state === 'expired' ? text.silences.ended(moment(to)) : text.silences.ends(moment(to))}</span>
        {state === 'active' ? (
          <small>{text.silences.left(text.durationShort(Math.max(0, Date.parse(to) - nowMs)))}</small>
        ) : null}
      </p>
      <div className={styles.act}>
        {own && state !== 'expired' ? <EndSilence silence={own} name={shown} /> : null}
        {outlet?.href ? (
          <a
            className={buttons.plain}
            href={outlet.href}
            target="_blank"
            rel="noreferrer"
            title={text.silences.elsewhereHint}
          >
            {text.silences.open}
            <ExternalLink size={14} aria-hidden="true" />
          </a>
        ) : null}
      </div>
    </li>
  );
}
