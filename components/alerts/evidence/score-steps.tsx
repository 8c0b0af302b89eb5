'use client';

import { Line, LineChart, XAxis, YAxis } from 'recharts';
import type { ScorePoint } from '@/lib/alerts/view/score-points';
import type { Span } from '@/lib/timeline/span';

interface ScoreStepsProps {
  readonly points: readonly ScorePoint[];
  readonly span: Span;
  readonly widthPx: number;
  readonly heightPx: number;
}

const MARGIN = { top: 2, right: 0, bottom: 1, left: 0 };

/** A score as steps, never smoothed, and not drawn where nobody watched. */
export function ScoreSteps({ points, span, widthPx, heightPx }: ScoreStepsProps) {
  return (
    <LineChart
      width={widthPx}
      height={heightPx}
      data={points as ScorePoint[]}
      margin={MARGIN}
      accessibilityLayer={false}
      style={{ pointerEvents: 'none' }}
    >
      <XAxis dataKey="atMs" type="number" domain={[span.fromMs, span.toMs]} allowDataOverflow hide />
      <YAxis domain={[0, 100]} allowDataOverflow hide />
      <Line
        type="stepAfter"
        dataKey="score"
        stroke="var(--text)"
        strokeWidth={1.75}
        connectNulls={false}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
    </LineChart>
  );
}
