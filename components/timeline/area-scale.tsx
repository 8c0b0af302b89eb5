'use client';

import { useText } from '@/components/ui/text-provider';
import type { TimelineBody } from '@/lib/history/bodies';
import { scaleOf } from '@/lib/timeline/area-points';
import styles from './plot.module.css';

/** What the full height of an area stands for. */
export function AreaScale({ body }: { body: TimelineBody | undefined }) {
  const text = useText();
  if (!body || body.buckets.length === 0) return null;
  return (
    <div className={styles.scale} aria-hidden="true">
      <span>{text.number(scaleOf(body.buckets))}</span>
      <span>0</span>
    </div>
  );
}
