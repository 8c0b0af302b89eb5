'use client';

import { useMemo } from 'react';
import type { TimelineBody, TimelineBucket } from '@/lib/history/bodies';
import { mostTroubled } from '@/lib/timeline/area-points';
import { placed, type Span } from '@/lib/timeline/span';
import styles from './trouble-strip.module.css';

interface TroubleStripProps {
  readonly body: TimelineBody;
  readonly span: Span;
  readonly heightPx: number;
}

/** Whatever is above zero is at least so high, in px. */
const LEAST_PX = 2;
const drawn = ['critical', 'warning', 'maintenance'] as const;

/** What was not passing over a span, small: as steps scaled to the trouble, the worst at the baseline; nothing where all passed, and hatched where nobody looked. */
export function TroubleStrip({ body, span, heightPx }: TroubleStripProps) {
  const scale = useMemo(() => Math.max(1, mostTroubled(body.buckets)), [body]);
  const px = (count: number) => (count === 0 ? 0 : Math.max(LEAST_PX, (count / scale) * heightPx));
  return (
    <span className={styles.strip} style={{ height: heightPx }} aria-hidden="true" data-paint>
      {body.gaps.map(({ dc, from, to }) => {
        const place = placed(span, Date.parse(from), to === null ? span.toMs : Date.parse(to));
        if (!place) return null;
        return (
          <i
            key={`${dc} ${from}`}
            data-tone="unknown"
            style={{ left: `${place.leftPercent}%`, width: `${place.widthPercent}%`, bottom: 0, height: heightPx }}
          />
        );
      })}
      {troubled(body).map(({ bucket, lengthMs }) => {
        const atMs = Date.parse(bucket.at);
        const place = placed(span, atMs, atMs + lengthMs);
        if (!place) return null;
        let bottom = 0;
        return drawn.map((status) => {
          const height = Math.min(px(bucket[status]), heightPx - bottom);
          if (height <= 0) return null;
          const style = { left: `${place.leftPercent}%`, width: `${place.widthPercent}%`, bottom, height };
          bottom += height;
          return <i key={`${bucket.at} ${status}`} data-tone={status} style={style} />;
        });
      })}
    </span>
  );
}

/** Buckets with trouble, equal neighbours as one. */
function troubled({ buckets, stepMs }: TimelineBody): { bucket: TimelineBucket; lengthMs: number }[] {
  const runs: { bucket: TimelineBucket; lengthMs: number }[] = [];
  for (const bucket of buckets) {
    if (drawn.every((status) => bucket[status] === 0)) continue;
    const last = runs.at(-1);
    const joins =
      last &&
      Date.parse(last.bucket.at) + last.lengthMs === Date.parse(bucket.at) &&
      drawn.every((status) => last.bucket[status] === bucket[status]);
    if (joins) last.lengthMs += stepMs;
    else runs.push({ bucket, lengthMs: stepMs });
  }
  return runs;
}
