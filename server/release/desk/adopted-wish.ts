import type { WishRecord } from '@/lib/release/wish-record';
import { borneIn } from './borne-weights';
import type { ReadSplit } from './split-book';
import { standingOf } from './split-reading';
import { SplitRefusal } from './split-refusal';

/**
 * What stands, as if it had been wished. What an undo puts back stays what it was.
 * @throws SplitRefusal where nothing stands, or it cannot be read
 */
export function adoptedWish(found: ReadSplit, signed: Pick<WishRecord, 'by' | 'process' | 'at'>): WishRecord {
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
    ...{ format: 1, mechanism, routes, failover, stages, how: 'adopted', ...signed },
    ...{ shares: declared, declares: declared },
    ...borneIn(standing),
    before: kept?.before ?? { shares: declared, routes, failover, stages },
  };
}
