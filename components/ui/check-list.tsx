'use client';

import { checkStanding, worstChecksFirst } from '@/lib/fleet/check-standing';
import type { Check } from '@/lib/fleet/model';
import { CheckLine } from './check-line';
import styles from './check-list.module.css';
import { useText } from './text-provider';

/** Checks in a few words each, the worst first. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const text = useText();
  if (checks.length === 0) return <span className={styles.none}>{text.service.noChecks}</span>;
  return (
    <ul className={styles.list}>
      {worstChecksFirst(checks).map((check) => (
        <CheckLine key={`${check.scope} ${check.id}`} check={check} standing={checkStanding(check)} />
      ))}
    </ul>
  );
}
