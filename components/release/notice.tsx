'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '@/components/ui/text-provider';
import styles from './notices.module.css';
import { useBroughtInSight } from './use-brought-in-sight';

interface NoticeProps {
  readonly tone: 'warning' | 'critical' | 'passing' | 'unknown';
  /** A shape of its own. */
  readonly icon: ReactNode;
  readonly title: string;
  /** It is in the way of nothing: whoever listens hears it when there is a pause. */
  readonly calm?: boolean;
  /** It answers what was just done: whoever did it is led to it. */
  readonly brought?: boolean;
  readonly dismiss?: () => void;
  readonly children?: ReactNode;
}

/** Something to know of the whole panel. */
export function Notice({ tone, icon, title, calm = true, brought = false, dismiss, children }: NoticeProps) {
  const { release } = useText();
  const notice = useBroughtInSight<HTMLDivElement>(brought);
  return (
    <div ref={notice} tabIndex={-1} className={styles.notice} data-notice={tone} role={calm ? 'status' : 'alert'}>
      <span className={styles.icon}>{icon}</span>
      <div className={styles.said}>
        <p>
          <b>{title}</b>
        </p>
        {children}
      </div>
      {dismiss ? (
        <button type="button" className={styles.dismiss} aria-label={release.dismiss} onClick={dismiss}>
          <X size={15} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}
