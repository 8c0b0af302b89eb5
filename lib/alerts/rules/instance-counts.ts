import type { InstanceFacts } from '@/lib/alerts/facts';
import type { Status } from '@/lib/fleet/model';
import { noTally } from '@/lib/history/tally';

/** A service's instances by status. */
export type InstanceCounts = Readonly<Record<Status, number>>;

export function countInstances(instances: readonly InstanceFacts[]): InstanceCounts {
  const counts: Record<Status, number> = { ...noTally };
  for (const { status } of instances) counts[status] += 1;
  return counts;
}

/** Those that a share is of: what is in maintenance was taken out on purpose, and is no part of it. */
export const judgedCount = ({ passing, warning, critical, unknown }: InstanceCounts): number =>
  passing + warning + critical + unknown;

/** Those that pass or warn. */
export const healthyCount = ({ passing, warning }: InstanceCounts): number => passing + warning;
