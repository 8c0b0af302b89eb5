import type { Shares, SplitVersion, SplitWarning } from '@/lib/release/split-body';
import { shareOf } from './normalize-shares';
import { countedInstances } from './share-words';

/** What is to be said of a version's instances that get nothing of its share: never verified, or not in traffic yet. */
export function unseenInstances(wished: Shares, seen: SplitVersion): SplitWarning[] {
  const { version, instances, inTraffic, unverified } = seen;
  if (shareOf(wished, version) === 0) return [];
  const of = `of ${countedInstances(instances)} of ${JSON.stringify(version)}`;
  const warnings: SplitWarning[] = [];
  if (unverified > 0) {
    const sentence =
      `${unverified} ${of} has no check that looks at it and was never seen healthy: it gets no share. ` +
      'Register a check with it.';
    warnings.push({ severity: 'warning', code: 'unverified', sentence });
  }
  const late = instances - inTraffic - unverified;
  if (late > 0 && inTraffic > 0) {
    const sentence = `${late} ${of} takes no traffic now. One that comes in later, as one that registers later, is not in these figures.`;
    warnings.push({ severity: 'note', code: 'late-registration', sentence });
  }
  return warnings;
}
