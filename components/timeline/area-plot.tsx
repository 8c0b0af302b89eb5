'use client';

import dynamic from 'next/dynamic';
import { useMemo, useRef } from 'react';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { useWidth } from '@/components/ui/use-width';
import type { TimelineBody, TimelineBucket } from '@/lib/history/bodies';
import { areaPoints, scaleOf } from '@/lib/timeline/area-points';
import { GapShades } from './gap-shades';
import { usePlot } from './plot';
import styles from './plot.module.css';

/** The charts are loaded where they are drawn: other pages need none of them. */
const StatusArea = dynamic(() => import('./status-area').then((module) => module.StatusArea), { ssr: false });

export const AREA_PX = 88;
/** Whatever is above zero is at least so high. */
const LEAST_PX = 2;

/** The stacked area of one subject, with its gaps. */
export function AreaPlot({ name, body }: { name: string; body: TimelineBody | undefined }) {
  const frame = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(frame);
  const { span } = usePlot();
  const scale = useMemo(() => scaleOf(body?.buckets ?? []), [body]);
  const points = useMemo(
    () => (body ? areaPoints(body.buckets, body.stepMs, (LEAST_PX / AREA_PX) * scale) : []),
    [body, scale],
  );
  const label = useAreaLabel(name, body);
  return (
    <div ref={frame} className={styles.area} role="img" aria-label={label} data-paint>
      {points.length > 0 && widthPx > 0 ? (
        <StatusArea points={points} span={span} scale={scale} widthPx={widthPx} heightPx={AREA_PX} />
      ) : null}
      {body ? <GapShades gaps={body.gaps} recordedFrom={body.recordedFrom} heightPx={AREA_PX} /> : null}
    </div>
  );
}

/** What the picture says to those who do not see it. */
function useAreaLabel(name: string, body: TimelineBody | undefined): string {
  const text = useText();
  const clock = useClockText();
  const worst = useMemo(() => worstBucket(body?.buckets ?? []), [body]);
  if (!worst) return text.timeline.areaOf(name, body ? text.timeline.allPassing : '');
  const atMs = Date.parse(worst.at);
  const words = text.timeline.worstWas(worst.critical, worst.warning, clock.moment(atMs, Date.parse(body?.to ?? '')));
  return text.timeline.areaOf(name, words);
}

function worstBucket(buckets: readonly TimelineBucket[]): TimelineBucket | null {
  return buckets.reduce<TimelineBucket | null>((worst, bucket) => {
    if (bucket.critical + bucket.warning === 0) return worst;
    const isWorse =
      !worst ||
      bucket.critical > worst.critical ||
      (bucket.critical === worst.critical && bucket.warning > worst.warning);
    return isWorse ? bucket : worst;
  }, null);
}
