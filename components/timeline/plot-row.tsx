import type { ReactNode } from 'react';
import styles from './plot.module.css';

interface PlotRowProps {
  readonly label: ReactNode;
  readonly side?: ReactNode;
  readonly heightPx: number;
  readonly children: ReactNode;
}

/** One row of the stage: a label, what is drawn along the common axis, and a figure at its end. */
export function PlotRow({ label, side, heightPx, children }: PlotRowProps) {
  return (
    <div className={styles.row} style={{ minHeight: heightPx }}>
      <div className={styles.label}>{label}</div>
      <div className={styles.plot} style={{ height: heightPx }}>
        {children}
      </div>
      <div className={styles.side}>{side}</div>
    </div>
  );
}
