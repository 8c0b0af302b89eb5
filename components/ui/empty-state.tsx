import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What a place says that has nothing to show: a sentence, what it means, and what to do. `page`: it is all that the page has. */
export function EmptyState({
  mark,
  title,
  hint,
  page = false,
  children,
}: {
  mark?: ReactNode;
  title: string;
  hint?: string;
  page?: boolean;
  children?: ReactNode;
}) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className={styles.empty}>
      {mark}
      <Title className={styles.title}>{title}</Title>
      {hint ? <p className={styles.hint}>{hint}</p> : null}
      {children}
    </div>
  );
}
