import type { ReactNode } from 'react';
import styles from './evidence.module.css';

interface Figure {
  readonly value: ReactNode;
  readonly words: string;
  /** It is what is wrong. */
  readonly isBad?: boolean;
}

/** A few numbers that say most of it. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ value, words, isBad }) => (
        <div key={words} data-bad={isBad || undefined}>
          <dt>{words}</dt>
          <dd data-paint>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
