'use client';

import { Activity } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import styles from './flapping-badge.module.css';

/** How many checks of a service flap; nothing where none does, and where nothing looks for it. */
export function FlappingBadge({ count }: { count: number | null }) {
  const text = useText();
  if (count === null || count === 0) return null;
  return (
    <span className={styles.badge} title={text.alertsElsewhere.flappingWhy}>
      <Activity size={12} aria-hidden="true" />
      {text.alertsElsewhere.flapping(count)}
    </span>
  );
}
