'use client';

import { type ReactNode, useMemo, useRef } from 'react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { useMomentChoice } from '@/components/ui/use-moment-choice';
import { useWidth } from '@/components/ui/use-width';
import { percentAt, placed, type Span } from '@/lib/timeline/span';
import { HoverContext, PlotContext } from './plot';
import styles from './plot.module.css';
import { SelectionHandle } from './selection-handle';
import { TickLines } from './time-axis';
import { useBrush } from './use-brush';

interface StageProps {
  readonly span: Span;
  readonly stepMs: number;
  readonly moving: boolean;
  readonly selection: Span | null;
  readonly select: (span: Span | null) => void;
  readonly zoom: (span: Span) => void;
  readonly children: ReactNode;
}

/** All that shares one axis: rows, the lines through them, the selection and the cursor. Dragging along it selects a span, so do its two handles by keyboard. */
export function Stage({ span, stepMs, moving, selection, select, zoom, children }: StageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const brush = useBrush({ frame, span, stepMs, select });
  const widthPx = useWidth(frame);
  const plot = useMemo(() => ({ span, stepMs, widthPx, moving, select }), [span, stepMs, widthPx, moving, select]);
  const shown = brush.drawn ?? selection;
  const band = shown && placed(span, shown.fromMs, shown.toMs);
  const handle = { span, stepMs, selection, select, zoom };
  return (
    <PlotContext value={plot}>
      <HoverContext value={brush.hoverMs}>
        <div className={styles.stage} {...brush.handlers}>
          <div className={styles.under} aria-hidden="true">
            <div className={styles.frame}>
              <TickLines />
            </div>
          </div>
          {children}
          <div className={styles.over}>
            <div ref={frame} className={styles.frame}>
              {band ? (
                <span
                  className={styles.band}
                  style={{ left: `${band.leftPercent}%`, width: `${band.widthPercent}%` }}
                />
              ) : null}
              <SelectionHandle edge="from" {...handle} />
              <SelectionHandle edge="to" {...handle} />
              <PastCursor span={span} />
              {brush.hoverMs === null ? null : <HoverLine atMs={brush.hoverMs} span={span} />}
            </div>
          </div>
        </div>
      </HoverContext>
    </PlotContext>
  );
}

/** The moment of the past that is shown. */
function PastCursor({ span }: { span: Span }) {
  const text = useText();
  const clock = useClockText();
  const [atMs] = useMomentChoice();
  if (atMs === null) return null;
  const percent = percentAt(span, atMs);
  if (percent < 0 || percent > 100) return null;
  return (
    <span className={styles.cursor} style={{ left: `${percent}%` }} aria-hidden="true">
      <span className={styles.flag} data-edge={edgeOf(percent)}>
        {text.timeline.replay.past} {clock.timeOfDay(atMs)}
      </span>
    </span>
  );
}

/** A flag at the very edge would hang over it. */
const edgeOf = (percent: number) => (percent > 88 ? 'end' : percent < 12 ? 'start' : undefined);

/** The moment under the pointer, in the reader's zone and in UTC. */
function HoverLine({ atMs, span }: { atMs: number; span: Span }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const percent = percentAt(span, atMs);
  return (
    <span className={styles.hover} style={{ left: `${percent}%` }} aria-hidden="true">
      <span className={styles.flag} data-edge={edgeOf(percent)}>
        {clock.moment(atMs, nowMs)} {clock.zone(atMs)}
        <span>
          {text.comma}
          {clock.utc(atMs).slice(11)}
        </span>
      </span>
    </span>
  );
}
