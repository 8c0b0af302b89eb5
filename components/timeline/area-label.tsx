'use client';

import type { ReactNode } from 'react';
import { DatacenterFreshness } from '@/components/observed/datacenter-freshness';
import hidden from '@/components/ui/hidden.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState } from '@/lib/fleet/model';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { TimelineBody, TimelineBucket } from '@/lib/history/bodies';
import { instancesIn } from '@/lib/timeline/area-points';
import { Availability } from './availability';
import { useHover } from './plot';
import styles from './plot.module.css';

interface AreaLabelProps {
  readonly name: string;
  readonly dc: string;
  readonly body: TimelineBody | undefined;
  /** How fresh the live edge is; null: there is none. */
  readonly freshness: FreshnessState | null;
  readonly children?: ReactNode;
}

/** What an area is of, how many instances are in which state at its end, or where the pointer is, and how available it was. */
export function AreaLabel({ name, dc, body, freshness, children }: AreaLabelProps) {
  const text = useText();
  const hoverMs = useHover();
  const bucket = body && bucketAt(body, hoverMs);
  const seen = bucket && bucket.unknownMs < body.stepMs ? bucket : undefined;
  return (
    <div className={styles.areaLabel} data-freshness={freshness ?? undefined}>
      <h2>{name}</h2>
      {seen ? <small>{text.timeline.instances(instancesIn(seen))}</small> : null}
      {freshness === null || freshness === 'live' ? null : (
        <p className={styles.note}>
          <DatacenterFreshness dc={dc} />
        </p>
      )}
      {seen ? (
        <ul className={styles.counts}>
          {SERVICE_SEVERITY.filter((status) => seen[status] > 0).map((status) => (
            <li key={status}>
              <StatusIcon status={status} size={12} />
              <span className={hidden.hidden}>{text.status[status]}</span>
              {text.number(seen[status])}
            </li>
          ))}
        </ul>
      ) : null}
      {children}
      {body ? (
        <p className={styles.note}>
          <Availability share={body.availability} timeInMs={body.timeInMs} words />
        </p>
      ) : null}
    </div>
  );
}

/** The bucket that a moment lies in; the last one without a moment. */
function bucketAt({ buckets, stepMs }: TimelineBody, atMs: number | null): TimelineBucket | undefined {
  if (atMs === null) return buckets.at(-1);
  return buckets.findLast(({ at }) => Date.parse(at) <= atMs && atMs < Date.parse(at) + stepMs);
}
