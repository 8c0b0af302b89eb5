'use client';

import { useMemo } from 'react';
import { useClockText } from '@/components/ui/use-clock-text';
import { percentAt } from '@/lib/timeline/span';
import { timeTicks } from '@/lib/timeline/time-ticks';
import { usePlot } from './plot';
import styles from './plot.module.css';
import { PlotRow } from './plot-row';

const MOST_TICKS = 13;
const FEWEST_TICKS = 3;
/** Room that a tick's words need. */
const TICK_PX = 64;

function useTicks() {
  const { span, widthPx } = usePlot();
  const { timeZone } = useClockText();
  const room = widthPx === 0 ? MOST_TICKS : Math.floor(widthPx / TICK_PX);
  const most = Math.min(MOST_TICKS, Math.max(FEWEST_TICKS, room));
  return useMemo(() => timeTicks(span, most, timeZone), [span, most, timeZone]);
}

/** The common axis in the reader's zone; in UTC for whoever points at a tick. */
export function TimeAxis() {
  const clock = useClockText();
  const { span } = usePlot();
  const ticks = useTicks();
  return (
    <PlotRow heightPx={22} label={null}>
      <div className={styles.axis}>
        {ticks.map((tick) => {
          const percent = percentAt(span, tick.atMs);
          // A word at the very edge would hang over it.
          if (percent < 2 || percent > 98) return null;
          return (
            <time
              key={tick.atMs}
              dateTime={new Date(tick.atMs).toISOString()}
              title={clock.utc(tick.atMs)}
              style={{ left: `${percent}%` }}
              data-major={tick.unit !== 'minute' && tick.unit !== 'second' ? true : undefined}
            >
              {clock.tick(tick)}
            </time>
          );
        })}
      </div>
    </PlotRow>
  );
}

/** The lines of the axis' ticks through all rows. */
export function TickLines() {
  const { span } = usePlot();
  return useTicks().map((tick) => (
    <i
      key={tick.atMs}
      style={{ left: `${percentAt(span, tick.atMs)}%` }}
      data-major={tick.unit !== 'minute' && tick.unit !== 'second' ? true : undefined}
    />
  ));
}
