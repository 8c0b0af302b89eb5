'use client';

import { useText } from '@/components/ui/text-provider';
import type { Check, CheckStatus, Status } from '@/lib/fleet/model';
import { severity } from '@/lib/fleet/rank';
import { isMaintenanceCheck } from '@/lib/fleet/status';
import { CheckLine } from './check-line';
import styles from './check-list.module.css';

/** What a check counts as: maintenance is a critical check with a name of its own. */
const standing = ({ id, status }: { id: string; status: CheckStatus }): Status =>
  isMaintenanceCheck(id) ? 'maintenance' : status;

/** The checks that count for an instance, its node's included, the worst first. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const text = useText();
  if (checks.length === 0) return <span className={styles.none}>{text.service.noChecks}</span>;
  const sorted = [...checks].sort((a, b) => severity(standing(a)) - severity(standing(b)) || (a.id < b.id ? -1 : 1));
  return (
    <ul className={styles.list}>
      {sorted.map((check) => (
        <CheckLine key={`${check.scope} ${check.id}`} check={check} standing={standing(check)} />
      ))}
    </ul>
  );
}
