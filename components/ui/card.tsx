import type { ComponentProps, ReactNode } from 'react';
import styles from './card.module.css';

/** A surface with a title line; `aside` stands at the line's end. */
export function Card({ children, className, ...rest }: ComponentProps<'section'>) {
  return (
    <section className={`${styles.card} ${className ?? ''}`} {...rest}>
      {children}
    </section>
  );
}

export function CardTitle({
  id,
  children,
  count,
  aside,
}: {
  id?: string;
  children: ReactNode;
  count?: string;
  aside?: ReactNode;
}) {
  return (
    <div className={styles.title}>
      <h2 id={id}>{children}</h2>
      {count === undefined ? null : <span className={styles.count}>{count}</span>}
      {aside ? <div className={styles.aside}>{aside}</div> : null}
    </div>
  );
}
