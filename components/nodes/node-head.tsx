'use client';

import { DatacenterFreshness } from '@/components/observed/datacenter-freshness';
import { SubjectHead } from '@/components/observed/subject-head';
import styles from '@/components/observed/subject-head.module.css';
import { Chip } from '@/components/ui/chip';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, NodeRecord, PlacedInstance } from '@/lib/fleet/model';
import { compareNames } from '@/lib/fleet/rank';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { countByStatus } from '@/lib/fleet/status-counts';
import { visibleLine } from '@/lib/text/visible-text';
import { useNodeSteps } from './use-node-steps';

interface NodeHeadProps {
  readonly dc: string;
  readonly node: NodeRecord;
  readonly instances: readonly PlacedInstance[];
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

/** The node's name and state, its address, what runs there in sum, and its metadata. */
export function NodeHead({ dc, node, instances, freshness, gone }: NodeHeadProps) {
  const text = useText();
  const counts = countByStatus(instances);
  return (
    <SubjectHead
      dc={dc}
      name={node.name}
      record={node}
      freshness={freshness}
      gone={gone}
      unconfirmed={node.unconfirmed}
      steps={useNodeSteps(dc)}
      aside={<DatacenterFreshness dc={dc} />}
    >
      {node.unconfirmed ? <li>{text.unconfirmed.label}</li> : null}
      <li>
        <b>{visibleLine(node.address)}</b>
      </li>
      <li>
        {text.counts.services(node.services.length)} · {text.counts.instances(instances.length)}
      </li>
      {SERVICE_SEVERITY.filter((status) => counts[status] > 0).map((status) => (
        <li key={status}>
          <StatusIcon status={status} />
          <b>{text.number(counts[status])}</b> {text.status[status]}
        </li>
      ))}
      <li className={styles.chips}>
        {Object.entries(node.meta)
          .sort(([a], [b]) => compareNames(a, b))
          .map(([name, value]) => (
            <Chip key={name} name={name}>
              {value}
            </Chip>
          ))}
      </li>
    </SubjectHead>
  );
}
