import type { ReactNode } from 'react';
import styles from './panel.module.css';

interface FigureProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly tone?: 'warning' | 'critical' | undefined;
}

/** One figure under its name. */
export function Figure({ name, children, tone }: FigureProps) {
  return (
    <div className={styles.figure} data-tone={tone}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
