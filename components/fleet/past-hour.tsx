'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { usePast } from '@/components/live/past';
import { useNow } from '@/components/live/use-now';
import { TroubleStrip } from '@/components/observed/trouble-strip';
import { useTimeline } from '@/components/observed/use-timeline';
import { timelineHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import { mostTroubled } from '@/lib/timeline/area-points';
import { rangeMs } from '@/lib/timeline/span';
import styles from './past-hour.module.css';

const STRIP_PX = 28;
/** Fine enough for a picture of this size, and often enough for an hour: every overview that is open asks for it. */
const STEP_MS = 60_000;
const MOVES_EVERY_MS = 60_000;
const PACE_MS = 10_000;

/** What was not passing in a datacenter within the last hour, scaled to the trouble, with its scale. It leads to the timeline. */
export function PastHour({ dc }: { dc: string }) {
  const text = useText();
  const past = usePast();
  const nowMs = useNow(MOVES_EVERY_MS);
  const atMs = Math.ceil(nowMs / MOVES_EVERY_MS) * MOVES_EVERY_MS;
  const span = useMemo(() => ({ fromMs: atMs - rangeMs['1h'], toMs: atMs }), [atMs]);
  const { body } = useTimeline({ kind: 'fleet', dc }, span, {
    moving: past === null,
    stepMs: STEP_MS,
    paceMs: PACE_MS,
  });
  const most = body ? mostTroubled(body.buckets) : 0;
  return (
    <Link prefetch={false} className={styles.hour} href={timelineHref(dc)} title={text.timeline.scaledToTrouble}>
      {body ? (
        <TroubleStrip body={body} span={span} heightPx={STRIP_PX} />
      ) : (
        <span className={styles.unread} style={{ height: STRIP_PX }} />
      )}
      <span className={styles.words}>
        {text.timeline.lastHour}
        {most > 0 ? <span>{text.timeline.atMost(most)}</span> : null}
      </span>
    </Link>
  );
}
