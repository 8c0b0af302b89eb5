'use client';

import type { KeyboardEvent } from 'react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { clampSpan, percentAt, SHORTEST_SPAN_MS, type Span } from '@/lib/timeline/span';
import styles from './plot.module.css';

interface SelectionHandleProps {
  readonly edge: 'from' | 'to';
  readonly span: Span;
  readonly stepMs: number;
  readonly selection: Span | null;
  readonly select: (span: Span | null) => void;
  readonly zoom: (span: Span) => void;
}

const PAGE_STEPS = 20;

/** One end of the selection, moved by keyboard a bucket at a time. Without a selection both stand at the ends of the axis, and moving one makes one. */
export function SelectionHandle({ edge, span, stepMs, selection, select, zoom }: SelectionHandleProps) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { fromMs, toMs } = selection ?? span;
  const atMs = edge === 'from' ? fromMs : toMs;
  const leastMs = edge === 'from' ? span.fromMs : fromMs + SHORTEST_SPAN_MS;
  const mostMs = edge === 'from' ? toMs - SHORTEST_SPAN_MS : span.toMs;
  const onKeyDown = (event: KeyboardEvent) => {
    const movedMs = movedTo(event.key, atMs, { leastMs, mostMs, stepMs });
    if (movedMs !== null)
      select(clampSpan(edge === 'from' ? { fromMs: movedMs, toMs } : { fromMs, toMs: movedMs }, span));
    else if (event.key === 'Enter' && selection) zoom(selection);
    else if (event.key === 'Escape' && selection) select(null);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={styles.handle}
      data-shown={selection !== null || undefined}
      style={{ left: `${Math.min(100, Math.max(0, percentAt(span, atMs)))}%` }}
      role="slider"
      tabIndex={0}
      aria-label={edge === 'from' ? text.timeline.selectionFrom : text.timeline.selectionTo}
      aria-valuemin={leastMs}
      aria-valuemax={mostMs}
      aria-valuenow={atMs}
      aria-valuetext={`${clock.moment(atMs, nowMs)}${selection ? '' : `${text.comma}${text.timeline.wholeRange}`}`}
      onKeyDown={onKeyDown}
    />
  );
}

interface Limits {
  readonly leastMs: number;
  readonly mostMs: number;
  readonly stepMs: number;
}

function movedTo(key: string, atMs: number, { leastMs, mostMs, stepMs }: Limits): number | null {
  const clamp = (toMs: number) => Math.min(mostMs, Math.max(leastMs, toMs));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return clamp(atMs + stepMs);
    case 'ArrowLeft':
    case 'ArrowDown':
      return clamp(atMs - stepMs);
    case 'PageUp':
      return clamp(atMs + PAGE_STEPS * stepMs);
    case 'PageDown':
      return clamp(atMs - PAGE_STEPS * stepMs);
    case 'Home':
      return leastMs;
    case 'End':
      return mostMs;
    default:
      return null;
  }
}
