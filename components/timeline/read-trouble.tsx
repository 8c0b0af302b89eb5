'use client';

import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import styles from './plot.module.css';

interface ReadTroubleProps {
  readonly error: string | null;
  /** When what is shown was read, ms since 1970. */
  readonly readAtMs: number;
  readonly hasBody: boolean;
}

/** Why there is nothing, or nothing newer. */
export function ReadTrouble({ error, readAtMs, hasBody }: ReadTroubleProps) {
  const text = useText();
  const clock = useClockText();
  if (error === null) return null;
  return (
    <p className={styles.note} role="status" title={error}>
      {hasBody ? text.timeline.stale(clock.timeOfDay(readAtMs)) : text.timeline.failed}
    </p>
  );
}
