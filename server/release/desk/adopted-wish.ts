import type { Instance } from '@/lib/fleet/model';
import type { WishRecord } from '@/lib/release/wish-record';
import type { ReadSplit } from './split-book';
import { standingOf } from './split-reading';
import { SplitRefusal } from './split-refusal';

/**
 * What stands, as if it had been wished. What an undo puts back stays what it was.
 * @throws SplitRefusal where nothing stands, or it cannot be read
 */
export function adoptedWish(found: ReadSplit, signed: { readonly by: string; readonly at: string }): WishRecord {
  const { record, reading, subject } = found;
  const kept = found.wish?.record ?? null;
  const mechanism = kept?.mechanism ?? record.mechanism;
  const standing = standingOf(reading, mechanism);
  if (mechanism === null || !standing) {
    const sentence = `Nothing divides the traffic of ${record.name}, so there is nothing to adopt.`;
    throw new SplitRefusal('plan-refused', sentence, { reason: 'nothing-declared' });
  }
  if (reading.unreadable.has(mechanism)) {
    throw new SplitRefusal('consul-unavailable', `${standing.reason} Nothing was written.`);
  }
  const { declared } = standing;
  const [routes, failover] = [[...standing.routes], [...standing.failover]];
  const stages = { ...subject.stages };
  return {
    ...{ format: 1, mechanism, routes, failover, stages, ...signed },
    ...{ shares: declared, declares: declared },
    weights: mechanism === 'weights' ? borne(subject.instances) : null,
    before: kept?.before ?? { shares: declared, routes, failover, stages },
  };
}

/** What most instances of each version bear; 0 where all of them are in maintenance. */
function borne(instances: readonly Instance[]): Record<string, number> {
  const counts = new Map<string, Map<number, number>>();
  for (const { version, status, weights } of instances) {
    const ofVersion = counts.get(version) ?? new Map<number, number>();
    counts.set(version, ofVersion);
    if (status !== 'maintenance') ofVersion.set(weights.passing, (ofVersion.get(weights.passing) ?? 0) + 1);
  }
  const most = (weights: Map<number, number>) => [...weights].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
  return Object.fromEntries([...counts].map(([version, weights]) => [version, most(weights)]));
}
