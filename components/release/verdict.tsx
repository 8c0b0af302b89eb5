'use client';

import { CircleCheck, CircleDashed, MoveRight, TriangleAlert } from 'lucide-react';
import { Elapsed } from '@/components/observed/since';
import { useText } from '@/components/ui/text-provider';
import type { SplitVerdict } from '@/lib/release/split-body';
import styles from './traffic.module.css';

const icons = { settled: CircleCheck, moving: MoveRight, 'not-moving': TriangleAlert, 'not-observed': CircleDashed };

/** How declared and observed stand to each other: a shape, words, and since when. Where nothing is declared there is nothing to compare. */
export function VerdictWord({ verdict, declared }: { verdict: SplitVerdict; declared: boolean }) {
  const text = useText();
  if (!declared) return <span className={styles.undivided}>{text.release.undivided}</span>;
  const Icon = icons[verdict.state];
  return (
    <span className={styles.verdict} data-verdict={verdict.state} title={verdict.reason ?? undefined} data-paint>
      <Icon size={15} aria-hidden="true" />
      <b>{text.release.verdict[verdict.state]}</b>
      <small>
        <Elapsed iso={verdict.since} atLeast={false} short />
      </small>
    </span>
  );
}

/** Why traffic is not where it is declared to be. What is not observed says so in its own row. */
export function VerdictReason({ verdict }: { verdict: SplitVerdict }) {
  if (verdict.reason === null || verdict.state === 'settled' || verdict.state === 'not-observed') return null;
  return (
    <p className={styles.reason} data-verdict={verdict.state} role="status">
      {verdict.reason}
    </p>
  );
}
