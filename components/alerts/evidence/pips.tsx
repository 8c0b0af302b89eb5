'use client';

import { useText } from '@/components/ui/text-provider';
import type { Status } from '@/lib/fleet/model';
import styles from './pips.module.css';

/** More are told as a bar. */
const MOST_PIPS = 40;

interface PipsProps {
  readonly tone: Extract<Status, 'critical' | 'passing'>;
  readonly count: number;
  readonly all: number;
  /** So many are asked for: a line stands after as many. */
  readonly needed?: number;
}

/** So many of all, each as one mark where they can be counted. */
export function Pips({ tone, count, all, needed }: PipsProps) {
  const text = useText();
  const most = Math.max(all, needed ?? 0, 1);
  const says = text.counts.shareOf(count, all, tone);
  if (most > MOST_PIPS) {
    return (
      <div className={styles.bar} role="img" aria-label={says} data-paint>
        <i data-tone={tone} style={{ width: `${(count / most) * 100}%` }} />
        {needed === undefined ? null : <em style={{ left: `${(needed / most) * 100}%` }} />}
      </div>
    );
  }
  return (
    <div className={styles.pips} role="img" aria-label={says} data-paint>
      {Array.from({ length: most }, (_, at) => at).map((at) => (
        <i
          key={at}
          data-tone={at < count ? tone : at < all ? 'rest' : 'none'}
          data-needed={needed === at + 1 || undefined}
        />
      ))}
    </div>
  );
}
