import type { ReactElement } from 'react';
import type { Status } from '@/lib/fleet/model';
import styles from './status.module.css';

/** A shape of its own for each status, so that none depends on colour. Drawn on a 16 × 16 field. */
const shapes: Record<Status, ReactElement> = {
  passing: (
    <path
      d="M3 8.8 6.4 12 13 4.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  warning: (
    <>
      <path
        d="M8 2.4 14.4 13.5H1.6Z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
      <path className={styles.hole} d="M8 6.2v3.4M8 11.9v.1" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  critical: (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5Z" fill="currentColor" />
      <path className={styles.hole} d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  maintenance: (
    <path
      d="M14.3 4.7 11.9 7 9 6.9 8.9 4l2.4-2.3a4.1 4.1 0 0 0-5.2 5.2L1.7 11.3a1.9 1.9 0 0 0 2.9 2.9l4.4-4.4a4.1 4.1 0 0 0 5.3-5.1Z"
      fill="currentColor"
    />
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="m3.6 9.6 6-6m-5.4 9 8.4-8.4m-5.9 9 6-6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </>
  ),
};

/** The shape alone: a word, seen or read out, belongs beside it. */
export function StatusIcon({ status, size = 14 }: { status: Status; size?: number }) {
  return (
    <svg
      className={styles.icon}
      data-tone={status}
      data-paint
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {shapes[status]}
    </svg>
  );
}
