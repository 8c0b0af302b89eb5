import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What a place says that has nothing to show: a sentence, what it means, and what to do. */
export function EmptyState({
  mark,
  title,
  hint,
  children,
}: {
  mark?: ReactNode;
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {mark}
      <p className={styles.title}>{title}</p>
      {hint ? <p className={styles.hint}>{hint}</p> : null}
      {children}
    </div>
  );
}
