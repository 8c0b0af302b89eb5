'use client';

import { memo, useContext } from 'react';
import type { NodeProps } from 'reactflow';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import type { DrawnNode } from '@/lib/topology/view/drawn';
import { useMark, useTally } from './graph-context';
import styles from './graph-node.module.css';
import { nodeElementId } from './node-element-id';
import { NodeShape } from './node-shape';
import { LaneFreshnessContext } from './use-lane-freshness';

type DrawnProps = NodeProps & { data: { readonly drawn: DrawnNode } };

/** Services that have something in common, as one. Opened, they stand there by themselves. */
export const GroupNode = memo(function GroupNode({ id, data }: DrawnProps) {
  const text = useText();
  const tally = useTally(id);
  const mark = useMark(id);
  const { dc, name, members } = data.drawn;
  const freshness = useContext(LaneFreshnessContext).get(dc);
  const words = text.topologyGraph;
  const shown = name === '' ? visibleLine(dc) : visibleLine(name);
  const count = words.passingServices(tally.services.passing, members.length);
  return (
    <button
      type="button"
      id={nodeElementId(id)}
      className={styles.node}
      tabIndex={-1}
      aria-label={words.group(shown, dc, text.status[tally.status], count)}
      data-group={id}
      data-status={tally.status}
      data-kind="group"
      data-mark={mark}
      data-freshness={freshness}
    >
      <NodeShape kind="group" counts={tally.services} figure={text.number(members.length)} />
      <bdi className={styles.name}>{shown}</bdi>
      <span className={styles.count}>
        {tally.status === 'passing' ? null : <StatusIcon status={tally.status} size={11} />}
        {count}
      </span>
    </button>
  );
});

/** What is folded away of a datacenter: how many, and that they are well, or how not. */
export const RestNode = memo(function RestNode({ id, data }: DrawnProps) {
  const text = useText();
  const tally = useTally(id);
  const mark = useMark(id);
  const { dc, members } = data.drawn;
  const freshness = useContext(LaneFreshnessContext).get(dc);
  const words = text.topologyGraph;
  const isWell = tally.services.passing === members.length;
  return (
    <button
      type="button"
      id={nodeElementId(id)}
      className={styles.rest}
      tabIndex={-1}
      aria-label={words.restLabel(members.length, dc, isWell)}
      data-rest={id}
      data-status={tally.status}
      data-mark={mark}
      data-freshness={freshness}
    >
      {isWell ? null : <StatusIcon status={tally.status} size={11} />}
      {words.rest(members.length, isWell)}
    </button>
  );
});
