'use client';

import { useTopologyScene } from '@/components/topology/topology-scene';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './drill.module.css';
import { useDrill } from './use-drill';

/** Which datacenter's loss is looked at. */
export function DrillChoice() {
  const words = useText().topology.actions;
  const { body } = useTopologyScene();
  const { lost, setLost } = useDrill();
  const names = body?.datacenters.map(({ name }) => name) ?? [];
  // A link may name one that is not known now.
  const shown = lost === null || names.includes(lost) ? names : [...names, lost];
  return (
    <select
      className={styles.choice}
      aria-label={words.drillLabel}
      value={lost ?? ''}
      onChange={(event) => void setLost(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">{lost === null ? words.drill : words.noDrill}</option>
      {shown.map((name) => (
        <option key={name} value={name}>
          {words.ifLost(visibleLine(name))}
        </option>
      ))}
    </select>
  );
}
