'use client';

import Link from 'next/link';
import hidden from '@/components/ui/hidden.module.css';
import { instanceHref, serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { keySegments } from '@/lib/fleet/keys';
import type { Lane } from '@/lib/history/bodies';
import { visibleLine } from '@/lib/text/visible-text';
import type { Span } from '@/lib/timeline/span';
import { Availability } from './availability';
import { LaneTrack } from './lane-track';
import styles from './lanes.module.css';
import { PlotRow } from './plot-row';

export const LANE_PX = 28;

interface LaneRowProps {
  readonly lane: Lane;
  readonly told: Span;
  /** Says where it is: not all lanes are of one place. */
  readonly place: boolean;
}

/** One service or instance along the axis. */
export function LaneRow({ lane, told, place }: LaneRowProps) {
  const text = useText();
  return (
    <li className={styles.lane} data-key={lane.key} data-status={lane.status}>
      <PlotRow
        heightPx={LANE_PX}
        label={
          <span className={styles.name}>
            <StatusIcon status={lane.status} />
            <span className={hidden.hidden}>{text.status[lane.status]}</span>
            <Link prefetch={false} href={hrefOf(lane)}>
              <Name>{lane.name}</Name>
            </Link>
            {place ? (
              <span className={styles.dc} data-of={lane.kind}>
                {placeOf(lane)}
              </span>
            ) : null}
          </span>
        }
        side={<Availability share={lane.availability} timeInMs={lane.timeInMs} />}
      >
        <LaneTrack told={told} name={lane.name} bars={lane.bars} hidden={lane.hidden} />
      </PlotRow>
    </li>
  );
}

function hrefOf({ kind, key, dc, name }: Lane): string {
  if (kind !== 'instance') return serviceHref(dc, name);
  const [, node = '', id = ''] = keySegments(key) ?? [];
  return instanceHref(dc, node, id);
}

/** Where it is, as far as its lane's neighbours are elsewhere. */
const placeOf = ({ kind, key, dc }: Lane): string =>
  kind === 'instance' ? visibleLine(keySegments(key)?.[1] ?? '') : dc;
