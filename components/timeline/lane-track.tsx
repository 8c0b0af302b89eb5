'use client';

import { type KeyboardEvent, useId, useState } from 'react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { LaneBar } from '@/lib/history/bodies';
import { clampSpan, placed, type Span } from '@/lib/timeline/span';
import styles from './lanes.module.css';
import { usePlot } from './plot';

interface LaneTrackProps {
  /** What is told of, within the axis: before and after it nothing is drawn. */
  readonly told: Span;
  readonly name: string;
  readonly bars: readonly LaneBar[];
  readonly hidden: number;
}

/** What one thing was along the axis: a thin line while passing, a bar for whatever it was besides, as high as it was bad. */
export function LaneTrack({ told, name, bars, hidden }: LaneTrackProps) {
  const text = useText();
  const wordsOf = useBarWords();
  const { span, select } = usePlot();
  const base = placed(span, told.fromMs, told.toMs);
  const baseStyle = { left: `${base?.leftPercent ?? 0}%`, width: `${base?.widthPercent ?? 0}%` };
  const [active, setActive] = useState<number | null>(null);
  const id = useId();
  const drawn = bars.flatMap((bar) => {
    const place = placed(span, Date.parse(bar.from), Date.parse(bar.to));
    return place ? [{ bar, place }] : [];
  });
  const at = active === null ? undefined : drawn[Math.min(active, drawn.length - 1)];
  const choose = (bar: LaneBar) => {
    const fromMs = Date.parse(bar.from);
    const toMs = Date.parse(bar.to);
    // What led to it and what ended it lie at its very edges.
    select(clampSpan({ fromMs: fromMs - 5_000, toMs: toMs + 5_000 }, span));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepTo(event.key, active ?? -1, drawn.length);
    if (next !== null) setActive(next);
    else if ((event.key === 'Enter' || event.key === ' ') && at) choose(at.bar);
    else if (event.key === 'Escape' && active !== null) setActive(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (drawn.length === 0) {
    return (
      <div className={styles.track} role="img" aria-label={text.timeline.lanes.noBars(name)} data-paint>
        <i className={styles.base} style={baseStyle} />
      </div>
    );
  }
  const label = text.timeline.lanes.bars(name, drawn.length);
  return (
    <div
      className={styles.track}
      role="listbox"
      aria-orientation="horizontal"
      aria-label={hidden > 0 ? `${label}${text.comma}${text.timeline.lanes.hidden(hidden)}` : label}
      aria-activedescendant={active === null ? undefined : `${id}-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={() => at && choose(at.bar)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && setActive(active ?? 0)}
      onBlur={() => setActive(null)}
      onPointerLeave={() => setActive(null)}
      data-paint
    >
      <i className={styles.base} style={baseStyle} />
      {drawn.map(({ bar, place }, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus, and names the bar by aria-activedescendant.
        <div
          key={`${bar.from} ${bar.status}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={active === index}
          aria-label={wordsOf(bar)}
          className={styles.bar}
          data-status={bar.status}
          style={{ left: `${place.leftPercent}%`, width: `${place.widthPercent}%` }}
          onPointerEnter={() => setActive(index)}
        />
      ))}
      {at ? (
        <span
          className={styles.hint}
          style={{ left: `${at.place.leftPercent + at.place.widthPercent / 2}%` }}
          data-left={at.place.leftPercent > 50 || undefined}
          aria-hidden="true"
        >
          {wordsOf(at.bar)}
        </span>
      ) : null}
    </div>
  );
}

function stepTo(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, from + 1);
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function useBarWords(): (bar: LaneBar) => string {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  return ({ status, from, to }) =>
    text.timeline.lanes.bar(
      status,
      Date.parse(to) - Date.parse(from),
      clock.span(Date.parse(from), Date.parse(to), nowMs),
    );
}
