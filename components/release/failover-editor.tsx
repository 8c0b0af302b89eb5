'use client';

import { useRef } from 'react';
import { useFleet } from '@/components/live/use-fleet';
import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import type { FleetBody } from '@/lib/fleet/model';
import { aroundOf } from '@/lib/release/slider/draft';
import type { SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './around.module.css';
import { OrderButtons } from './order-buttons';
import type { DraftView } from './use-draft';
import { useMoves } from './use-moves';

const namesOf = (fleet: FleetBody): string[] => fleet.datacenters.map(({ name }) => name);

/** Which datacenters stand in, in which order. */
export function FailoverEditor({ split, view }: { split: SplitRecord; view: DraftView }) {
  const { release } = useText();
  const list = useRef<HTMLOListElement | null>(null);
  const failover = view.draft.failover ?? aroundOf(view.draft, split).failover;
  const set = (next: readonly string[]) => view.change({ failover: next });
  const move = useMoves(list, failover, set);
  const others = (useFleet(namesOf) ?? []).filter((dc) => dc !== split.dc && !failover.includes(dc));
  return (
    <>
      <p>{failover.length === 0 ? release.noFailover : release.failoverHint}</p>
      <ol ref={list}>
        {failover.map((dc, at) => (
          <li key={dc} className={styles.item}>
            <Name className={styles.version}>{dc}</Name>
            <OrderButtons
              what={visibleLine(dc)}
              removes={release.removeDatacenter(visibleLine(dc))}
              {...{ at, count: failover.length }}
              move={(to) => move(at, to)}
              remove={() => set(failover.filter((one) => one !== dc))}
            />
          </li>
        ))}
      </ol>
      {others.length === 0 ? null : (
        <select
          className={styles.select}
          aria-label={release.addDatacenter}
          value=""
          onChange={(event) => set([...failover, event.target.value])}
        >
          <option value="" disabled>
            {release.addDatacenter}
          </option>
          {others.map((dc) => (
            <option key={dc} value={dc}>
              {visibleLine(dc)}
            </option>
          ))}
        </select>
      )}
    </>
  );
}
