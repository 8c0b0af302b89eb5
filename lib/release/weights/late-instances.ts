import { HAPROXY_GRAIN } from '@/lib/release/shares/shares-to-weights';
import { byVersion } from './by-version';
import { namedInstances } from './named-instances';
import { isTakenOut, type StandingInstance } from './standing-instance';

/**
 * Instances that do not bear what the rest of their version bears, where that is by Lictor: they registered after it was written, or their owner wrote over
 * it. What most of a version bears is the rest; of two that are as many, what its oldest instance bears.
 */
export function notYetWeighted(instances: readonly StandingInstance[]): StandingInstance[] {
  const judged = instances.filter((one) => one.maintenance === null || isTakenOut(one));
  return [...byVersion(judged).values()].flatMap((ofVersion) => {
    const rest = borneByMost(ofVersion);
    if (rest === null || !byLictor(rest)) return [];
    return ofVersion.filter((one) => borne(one) !== rest && !(isTakenOut(one) && !one.verified));
  });
}

/** A sentence; null: there are none. */
export function notYetWeightedSentence(instances: readonly StandingInstance[]): string | null {
  const late = notYetWeighted(instances);
  if (late.length === 0) return null;
  const what = late.length === 1 ? '1 instance is not yet weighted' : `${late.length} instances are not yet weighted`;
  return (
    `${what}: ${namedInstances(late)} registered later, or ${late.length === 1 ? 'its owner' : 'their owners'} wrote over it, ` +
    'and what the rest of the version bears is another weight. Apply the shares again to give it to them.'
  );
}

/** A weight; 0: it was taken out. */
const borne = (instance: StandingInstance): number => (isTakenOut(instance) ? 0 : instance.weights.passing);

const byLictor = (weight: number): boolean => weight % HAPROXY_GRAIN.step === 0;

function borneByMost(instances: readonly StandingInstance[]): number | null {
  const counts = new Map<number, number>();
  for (const instance of instances.toSorted((a, b) => a.createIndex - b.createIndex)) {
    counts.set(borne(instance), (counts.get(borne(instance)) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  // In the order in which they came first: the oldest instance's before the others'.
  for (const [weight, count] of counts) if (count === most) return weight;
  return null;
}
