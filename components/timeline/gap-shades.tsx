'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { GapItem } from '@/lib/history/bodies';
import { percentAt, placed } from '@/lib/timeline/span';
import { usePlot } from './plot';
import styles from './plot.module.css';

interface GapShadesProps {
  readonly gaps: readonly GapItem[];
  /** Nothing is known of before; null: of nothing. */
  readonly recordedFrom: string | null;
  readonly heightPx: number;
}

/** The longest is labelled, and the next where both have room between them, in percent of the plot; the others say their span to who points at them. */
const LABELS_PERCENT = 58;
/** A label needs a plot that is this much wider than the gap to stand beside it. */
const BESIDE_PERCENT = 50;

/** What nobody saw, hatched, with its span in words. A gap is never a line. */
export function GapShades({ gaps, recordedFrom, heightPx }: GapShadesProps) {
  const text = useText();
  const clock = useClockText();
  const { span } = usePlot();
  // The edge of a live span moves more often than a slow clock.
  const nowMs = Math.max(useNow(30_000), span.toMs);
  const endOf = (gap: GapItem) => (gap.to === null ? Math.max(nowMs, Date.parse(gap.from)) : Date.parse(gap.to));
  const lengthOf = (gap: GapItem) => endOf(gap) - Date.parse(gap.from);
  // One that lasts goes first: it is what a reader has to know.
  const lasts = ({ to }: GapItem) => Number(to === null);
  const [longest, second] = [...gaps].sort((a, b) => lasts(b) - lasts(a) || lengthOf(b) - lengthOf(a));
  const apart = (gap: GapItem) =>
    Math.abs(percentAt(span, Date.parse(gap.from)) - percentAt(span, Date.parse(longest?.from ?? gap.from)));
  const isLabelled = (gap: GapItem) => gap === longest || (gap === second && apart(gap) > LABELS_PERCENT);
  const before = placed(span, span.fromMs, recordedFrom === null ? span.toMs : Date.parse(recordedFrom));
  return (
    <>
      {before && before.widthPercent > 0 ? (
        <span className={styles.before} style={{ width: `${before.widthPercent}%`, height: heightPx }} />
      ) : null}
      {gaps.map((gap) => {
        const fromMs = Date.parse(gap.from);
        const place = placed(span, fromMs, gap.to === null ? span.toMs : endOf(gap));
        if (!place) return null;
        const title =
          gap.to === null ? text.timeline.gap.lasting(lengthOf(gap)) : text.timeline.gap.unknown(lengthOf(gap));
        const when =
          gap.to === null
            ? text.timeline.gap.since(clock.moment(fromMs, nowMs))
            : text.timeline.gap.between(clock.span(fromMs, endOf(gap), nowMs));
        const left = place.leftPercent + place.widthPercent / 2 > BESIDE_PERCENT;
        return (
          <span
            key={`${gap.dc} ${gap.from}`}
            className={styles.gap}
            style={{ left: `${place.leftPercent}%`, width: `${place.widthPercent}%`, height: heightPx }}
            title={`${title}: ${when}. ${gap.reason}`}
            data-status="unknown"
          >
            {isLabelled(gap) && heightPx > 40 ? (
              <span className={styles.gapLabel} data-left={left || undefined}>
                <b>{title}</b>
                {when}
              </span>
            ) : null}
          </span>
        );
      })}
    </>
  );
}
