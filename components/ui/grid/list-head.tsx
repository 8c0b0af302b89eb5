import type { ReactNode } from 'react';
import styles from './list-head.module.css';

/** The title of a page that is a list, and beside it what filters the list. */
export function ListHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.head}>
      <h1>{title}</h1>
      {children}
    </div>
  );
}
