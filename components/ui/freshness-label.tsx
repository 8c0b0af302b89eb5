'use client';

import type { FreshnessState } from '@/lib/fleet/model';
import styles from './freshness-label.module.css';
import { StatusIcon } from './status-icon';
import { useText } from './text-provider';

interface FreshnessLabelProps {
  readonly state: FreshnessState;
  /** Age in ms of the last proof of life; null: never. */
  readonly ageMs: number | null;
}

/** "live 0.4 s" with a neutral dot, for freshness is not health; else how old, hatched. */
export function FreshnessLabel({ state, ageMs }: FreshnessLabelProps) {
  const text = useText();
  if (state === 'live') {
    return (
      <span className={styles.label}>
        <span className={styles.dot} />
        <span className={styles.live}>{text.freshness.live(ageMs)}</span>
      </span>
    );
  }
  return (
    <span className={styles.label}>
      <StatusIcon status="unknown" />
      <span className={styles.old}>{text.freshness.notLive(state, ageMs)}</span>
    </span>
  );
}
