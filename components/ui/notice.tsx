import type { ReactNode } from 'react';
import styles from './notice.module.css';
import { StatusIcon } from './status-icon';

interface NoticeProps {
  readonly title: string;
  /** What it means, and what can be done. */
  readonly children?: ReactNode;
}

/** Something to know before believing what stands below: it is hatched, as all that is not known. */
export function Notice({ title, children }: NoticeProps) {
  return (
    <div className={styles.notice} role="status">
      <StatusIcon status="unknown" size={16} />
      <div className={styles.said}>
        <b>{title}</b>
        {children ? <p>{children}</p> : null}
      </div>
    </div>
  );
}
