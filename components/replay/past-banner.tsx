'use client';

import { History } from 'lucide-react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import styles from './replay.module.css';
import type { ShownPast } from './use-past';

/** That nothing below is live: as of when it is, and what of it nobody saw. */
export function PastBanner({ shown }: { shown: ShownPast }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(1_000);
  const { past, gaps, reading, error } = shown;
  return (
    <div className={styles.banner} role="status">
      <History size={15} aria-hidden="true" />
      <b>{text.timeline.replay.past}</b>
      <span title={clock.utc(past.atMs)}>
        {text.timeline.replay.headline(`${clock.moment(past.atMs, nowMs)} ${clock.zone(past.atMs)}`)}
        {' · '}
        {text.timeline.replay.ago(nowMs - past.atMs)}
      </span>
      {reading && error === null ? <span>{text.timeline.replay.reading}</span> : null}
      {past.fleet?.datacenters.length === 0 ? <span>{text.timeline.replay.nothing}</span> : null}
      {error === null ? null : (
        <span>
          {text.timeline.replay.failed}: {error}
        </span>
      )}
      {gaps.map(({ dc, from, to }) => (
        <span key={dc} className={styles.gap}>
          {to === null
            ? text.timeline.replay.gapOpen(dc, clock.moment(Date.parse(from), nowMs))
            : text.timeline.replay.gap(dc, clock.span(Date.parse(from), Date.parse(to), nowMs))}
        </span>
      ))}
    </div>
  );
}
