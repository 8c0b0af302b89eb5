'use client';

import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { parsePair } from '@/lib/fleet/keys';
import { visibleLine } from '@/lib/text/visible-text';
import type { TopologyNode } from '@/lib/topology/topology-body';
import styles from './panel.module.css';

/** `dc1/checkout`, as a person writes it; a key that is none as it stands. */
export function writtenNode(key: string): string {
  const pair = parsePair(key);
  return visibleLine(pair ? `${pair.dc}/${pair.name}` : key);
}

interface NodeButtonProps {
  /** `<dc>/<name>`. */
  readonly nodeKey: string;
  /** undefined: it is not in the picture. */
  readonly node: TopologyNode | undefined;
}

/** A service in a list, with its state; pressed, it is what the panel tells of. */
export function NodeButton({ nodeKey, node }: NodeButtonProps) {
  const text = useText();
  const { setChosen } = useTopologyOptions();
  const status = node?.status ?? 'unknown';
  return (
    <button type="button" className={styles.node} onClick={() => void setChosen(nodeKey)} data-status={status}>
      <StatusIcon status={status} />
      <bdi title={`${writtenNode(nodeKey)}, ${text.status[status]}`}>{writtenNode(nodeKey)}</bdi>
    </button>
  );
}
