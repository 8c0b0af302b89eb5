'use client';

import { memo, useContext } from 'react';
import type { NodeProps } from 'reactflow';
import { DatacenterFreshness } from '@/components/observed/datacenter-freshness';
import { Name } from '@/components/ui/name';
import { useText } from '@/components/ui/text-provider';
import type { DrawnLane } from '@/lib/topology/view/drawn';
import styles from './lane-node.module.css';
import { LaneFreshnessContext } from './use-lane-freshness';

/** A datacenter, on which its services stand. What is not live is hatched, and says since when. */
export const LaneNode = memo(function LaneNode({ data }: NodeProps & { data: { readonly lane: DrawnLane } }) {
  const text = useText();
  const { dc, services, instances, nodes } = data.lane;
  const freshness = useContext(LaneFreshnessContext).get(dc);
  const isOld = freshness !== undefined && freshness !== 'live' && freshness !== 'past';
  return (
    <section className={styles.lane} data-lane={dc} data-freshness={freshness} aria-label={dc}>
      <div className={styles.head}>
        <Name className={styles.name}>{dc}</Name>
        <span>{text.topologyGraph.services(services, instances)}</span>
        {isOld ? (
          <span className={styles.old}>
            <DatacenterFreshness dc={dc} />
          </span>
        ) : null}
      </div>
      {nodes.length === 0 ? <p className={styles.empty}>{text.topologyGraph.emptyLane}</p> : null}
    </section>
  );
});
