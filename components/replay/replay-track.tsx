'use client';

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useNow } from '@/components/live/use-now';
import { TroubleStrip } from '@/components/observed/trouble-strip';
import { useTimeline } from '@/components/observed/use-timeline';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import { percentAt, type Span, stepOf } from '@/lib/timeline/span';
import styles from './replay.module.css';
import { useReplay } from './replay-context';

const STRIP_PX = 28;
const PAGE_STEPS = 20;

/** The scrubber: where the shown moment stands among what was not passing, moved by pointer and by keyboard. At its right end is the present. */
export function ReplayTrack({ span, moving }: { span: Span; moving: boolean }) {
  const text = useText();
  const clock = useClockText();
  const { atMs, moveTo, setPlaying } = useReplay();
  const [dc] = useDatacenterChoice();
  const { body } = useTimeline({ kind: 'fleet', dc }, span, { moving });
  const track = useRef<HTMLDivElement>(null);
  const nowMs = useNow(1_000);
  const endMs = Math.min(span.toMs, Math.max(nowMs, span.fromMs));
  const shownMs = atMs ?? endMs;
  const go = (toMs: number) => {
    setPlaying(false);
    // What is dragged to the present is live. A span that moves ends there, though it is drawn at a slower pace than time passes.
    const isPresent = toMs >= nowMs - 1_000 || (moving && toMs >= span.toMs);
    moveTo(isPresent ? null : Math.max(span.fromMs, toMs));
  };
  const onPointer = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0 || event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    go(Math.round(span.fromMs + share * (span.toMs - span.fromMs)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const toMs = movedTo(event.key, shownMs, span, endMs);
    if (toMs === null) return;
    event.preventDefault();
    go(toMs);
  };
  const percent = Math.min(100, Math.max(0, percentAt(span, shownMs)));
  return (
    <div
      ref={track}
      className={styles.track}
      role="slider"
      tabIndex={0}
      aria-label={text.timeline.replay.scrubber}
      aria-valuemin={span.fromMs}
      aria-valuemax={endMs}
      aria-valuenow={shownMs}
      aria-valuetext={
        atMs === null
          ? text.timeline.live
          : `${clock.moment(atMs, nowMs)}${text.comma}${text.timeline.replay.ago(nowMs - atMs)}`
      }
      data-past={atMs !== null || undefined}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onKeyDown={onKeyDown}
    >
      {body ? <TroubleStrip body={body} span={span} heightPx={STRIP_PX} /> : null}
      <i className={styles.head} style={{ left: `${percent}%` }} />
    </div>
  );
}

function movedTo(key: string, atMs: number, span: Span, endMs: number): number | null {
  const stepMs = stepOf(span.toMs - span.fromMs);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(endMs, atMs + stepMs);
    case 'ArrowLeft':
    case 'ArrowDown':
      return atMs - stepMs;
    case 'PageUp':
      return Math.min(endMs, atMs + PAGE_STEPS * stepMs);
    case 'PageDown':
      return atMs - PAGE_STEPS * stepMs;
    case 'Home':
      return span.fromMs;
    case 'End':
      return endMs;
    default:
      return null;
  }
}
