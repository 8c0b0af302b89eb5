'use client';

import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { Name } from '@/components/ui/name';
import styles from './table.module.css';

/** The one thing of a row that can be pressed: the panel then tells of it. */
export function OpenButton({ opens, children }: { opens: string; children: string }) {
  const { setChosen } = useTopologyOptions();
  return (
    <button type="button" className={styles.open} tabIndex={-1} onClick={() => void setChosen(opens)}>
      <Name>{children}</Name>
    </button>
  );
}
