'use client';

import dynamic from 'next/dynamic';
import { useMemo, useRef } from 'react';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { useWidth } from '@/components/ui/use-width';
import type { FlapScaleEvidence } from '@/lib/alerts/evidence';
import type { ScoreLine } from '@/lib/alerts/view/score-points';
import { percentAt, placed } from '@/lib/timeline/span';
import { timeTicks } from '@/lib/timeline/time-ticks';
import styles from './score.module.css';

/** The charts are loaded where they are drawn: other pages need none of them. */
const ScoreSteps = dynamic(() => import('./score-steps').then((module) => module.ScoreSteps), { ssr: false });

const HEIGHT_PX = 92;
const TICK_PX = 84;

interface ScorePlotProps {
  readonly scale: FlapScaleEvidence;
  readonly line: ScoreLine;
  readonly firedAt: string | null;
}

/** The score of one width of slots over time. */
export function ScorePlot({ scale, line, firedAt }: ScorePlotProps) {
  const text = useText();
  const clock = useClockText();
  const frame = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(frame);
  const { exact } = text.alerts.words;
  const { span, points, gaps } = line;
  const ticks = useMemo(
    () => timeTicks(span, Math.max(2, Math.floor(widthPx / TICK_PX)), clock.timeZone),
    [span, widthPx, clock.timeZone],
  );
  const known = points.flatMap(({ score }) => (score === null ? [] : [score]));
  const says = text.alerts.chartSays(exact(scale.slotMs), known.at(-1) ?? 0, Math.max(0, ...known));
  const firing = firedAt === null ? null : placed(span, Date.parse(firedAt), span.toMs);
  return (
    <figure className={styles.plot}>
      <figcaption>
        {text.alerts.slots(exact(scale.slotMs))}
        <span>{exact(span.toMs - span.fromMs)}</span>
      </figcaption>
      <div className={styles.axes}>
        <span className={styles.scale} aria-hidden="true">
          <i style={{ bottom: '100%' }}>100</i>
          <i style={{ bottom: '0%' }}>0</i>
        </span>
        <div ref={frame} className={styles.frame} style={{ height: HEIGHT_PX }} role="img" aria-label={says} data-paint>
          {firing ? (
            <span
              className={styles.firing}
              style={{ left: `${firing.leftPercent}%`, width: `${firing.widthPercent}%` }}
            />
          ) : null}
          {gaps.map(({ fromMs, toMs }) => {
            const place = placed(span, fromMs, toMs);
            return place ? (
              <span
                key={fromMs}
                className={styles.gap}
                style={{ left: `${place.leftPercent}%`, width: `${place.widthPercent}%` }}
                title={text.alerts.unwatched}
              />
            ) : null;
          })}
          <span className={styles.begins} style={{ bottom: `${scale.beginsAbove}%` }}>
            {text.alerts.begins(scale.beginsAbove)}
          </span>
          <span className={styles.stops} style={{ bottom: `${scale.endsBelow}%` }}>
            {text.alerts.stops(scale.endsBelow)}
          </span>
          {widthPx > 0 ? <ScoreSteps points={points} span={span} widthPx={widthPx} heightPx={HEIGHT_PX} /> : null}
        </div>
        <div className={styles.ticks} aria-hidden="true">
          {ticks.map((tick) => {
            const percent = percentAt(span, tick.atMs);
            if (percent < 4 || percent > 96) return null;
            return (
              <time key={tick.atMs} style={{ left: `${percent}%` }} title={clock.utc(tick.atMs)}>
                {clock.tick(tick)}
              </time>
            );
          })}
        </div>
      </div>
    </figure>
  );
}
