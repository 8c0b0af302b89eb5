import { StatusIcon } from '@/components/ui/status-icon';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import styles from './alert-icon.module.css';

interface AlertIconProps {
  readonly alert: Pick<AlertRecord, 'severity' | 'state'>;
  readonly size?: number;
}

/** A shape for each severity, and that of what passes where it is over: a word belongs beside it. */
export function AlertIcon({ alert: { severity, state }, size = 16 }: AlertIconProps) {
  if (state === 'resolved') return <StatusIcon status="passing" size={size} />;
  if (severity !== 'info') return <StatusIcon status={severity} size={size} />;
  return (
    <svg className={styles.info} data-paint width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 7.4v4M8 4.6v.1" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </svg>
  );
}
