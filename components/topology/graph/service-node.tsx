'use client';

import { memo, useContext } from 'react';
import type { NodeProps } from 'reactflow';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import type { DrawnNode } from '@/lib/topology/view/drawn';
import { instanceCounts } from '@/lib/topology/view/tally';
import { useMark, useNodeRecord } from './graph-context';
import styles from './graph-node.module.css';
import { badgesOf, NodeBadges } from './node-badges';
import { nodeElementId } from './node-element-id';
import { NodeShape } from './node-shape';
import { LaneFreshnessContext } from './use-lane-freshness';

/** A service where it stands: drawn anew when it fares otherwise, and else never. */
export const ServiceNode = memo(function ServiceNode({
  id,
  data,
}: NodeProps & { data: { readonly drawn: DrawnNode } }) {
  const text = useText();
  const record = useNodeRecord(id);
  const mark = useMark(id);
  const { dc, name } = data.drawn;
  const freshness = useContext(LaneFreshnessContext).get(dc);
  if (!record) return null;
  const isListed = record.kind !== 'absent' && record.kind !== 'any';
  const isOld = freshness !== undefined && freshness !== 'live' && freshness !== 'past';
  const words = text.topologyGraph;
  const shown = record.kind === 'any' ? words.any : visibleLine(name);
  const count = isListed ? words.passing(record.passing, record.instances, isOld) : words.kind[record.kind];
  return (
    // The keyboard walks by the graph itself, which says where it stands.
    <button
      type="button"
      id={nodeElementId(id)}
      className={styles.node}
      tabIndex={-1}
      aria-pressed={mark?.includes('chosen') ?? false}
      aria-label={[
        words.node(shown, dc, isListed ? text.status[record.status] : words.kind[record.kind], count),
        ...badgesOf(record, words).map(([, sentence]) => sentence),
      ].join('. ')}
      data-key={id}
      data-status={record.status}
      data-kind={record.kind}
      data-mark={mark}
      data-freshness={freshness}
    >
      <NodeShape kind={record.kind} counts={instanceCounts(record)} split={record.split} />
      <bdi className={styles.name}>{shown}</bdi>
      <span className={styles.count}>
        {isListed && record.status !== 'passing' ? <StatusIcon status={record.status} size={11} /> : null}
        {count}
      </span>
      <NodeBadges record={record} />
    </button>
  );
});
