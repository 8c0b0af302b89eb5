'use client';

import { Glow } from '@/components/ui/glow';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import styles from './evidence.module.css';
import type { StatusNow as Now } from './use-statuses';

/** What something is now, live; undefined: not known yet. */
export function StatusNow({ now }: { now: Now | null | undefined }) {
  const text = useText();
  if (now === undefined) return <span className={styles.quiet}>…</span>;
  if (now === null) return <span className={styles.quiet}>{text.alerts.notThere}</span>;
  return (
    <>
      <StatusWord status={now.status} />
      <Glow of={now.status} />
    </>
  );
}
