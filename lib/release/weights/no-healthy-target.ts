import { shareOf } from '@/lib/release/shares/normalize-shares';
import type { Shares } from '@/lib/release/split-body';
import type { StandingInstance } from './standing-instance';

/** Why these shares would send traffic to nothing, a sentence; null: each version with a share has an instance that serves. */
export function noHealthyTarget(
  shares: Shares,
  versions: ReadonlyMap<string, readonly StandingInstance[]>,
): string | null {
  for (const [version, instances] of versions) {
    const share = shareOf(shares, version);
    if (share === 0 || instances.some(({ serves }) => serves)) continue;
    return (
      `${share}% would go to ${JSON.stringify(version)}, of which no instance can take traffic (${conditions(instances)}), so nothing is written: ` +
      'mend one of them first, or give this version 0%.'
    );
  }
  return null;
}

/** `2 critical, 1 never seen healthy`. */
function conditions(instances: readonly StandingInstance[]): string {
  const counts = new Map<string, number>();
  for (const { status, verified } of instances) {
    const condition = verified || status !== 'passing' ? status : 'without a check that looks at it';
    counts.set(condition, (counts.get(condition) ?? 0) + 1);
  }
  return [...counts].map(([condition, count]) => `${count} ${CONDITION[condition] ?? condition}`).join(', ');
}

const CONDITION: Readonly<Record<string, string>> = { maintenance: 'in maintenance' };
