'use client';

import { Area, AreaChart, XAxis, YAxis } from 'recharts';
import { type AreaPoint, type StackedStatus, stackedStatuses } from '@/lib/timeline/area-points';
import type { Span } from '@/lib/timeline/span';

interface StatusAreaProps {
  readonly points: readonly AreaPoint[];
  readonly span: Span;
  /** What the full height stands for, in instances. */
  readonly scale: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

const MARGIN = { top: 1, right: 0, bottom: 0, left: 0 };

const fills: Readonly<Record<StackedStatus, string>> = {
  critical: 'var(--critical-fill)',
  warning: 'var(--warning-fill)',
  unknown: 'url(#timeline-unknown)',
  maintenance: 'var(--maintenance-fill)',
  passing: 'var(--passing-dim)',
};

/** Instances by status as stacked steps, never smoothed: the worst at the baseline, what passes a faint wash above it. */
export function StatusArea({ points, span, scale, widthPx, heightPx }: StatusAreaProps) {
  return (
    <AreaChart
      width={widthPx}
      height={heightPx}
      data={points as AreaPoint[]}
      margin={MARGIN}
      accessibilityLayer={false}
      style={{ pointerEvents: 'none' }}
    >
      <defs>
        <pattern id="timeline-unknown" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2" height="5" fill="var(--unknown-fill)" />
        </pattern>
      </defs>
      <XAxis dataKey="atMs" type="number" domain={[span.fromMs, span.toMs]} allowDataOverflow hide />
      <YAxis domain={[0, scale]} allowDataOverflow hide />
      {stackedStatuses.map((status) => (
        <Area
          key={status}
          type="stepAfter"
          dataKey={status}
          stackId="instances"
          stroke="none"
          fill={fills[status]}
          fillOpacity={status === 'passing' ? 0.6 : 1}
          isAnimationActive={false}
          dot={false}
          activeDot={false}
        />
      ))}
      <Area
        type="stepAfter"
        dataKey="total"
        stroke="var(--passing)"
        strokeOpacity={0.55}
        fill="none"
        isAnimationActive={false}
        dot={false}
        activeDot={false}
        connectNulls={false}
      />
    </AreaChart>
  );
}
