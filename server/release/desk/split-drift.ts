import { differencesOf } from '@/lib/release/drift/differences';
import { weightDifferences } from '@/lib/release/drift/weight-differences';
import type { Drift } from '@/lib/release/split-body';
import { type SplitReading, standingOf } from './split-reading';
import type { KeptWish } from './wish-shelf';

export interface DriftSources {
  readonly dc: string;
  readonly name: string;
  readonly reading: SplitReading;
  readonly wish: KeptWish | undefined;
  /** As it was found last. */
  readonly previous: Drift | null;
  /** ISO 8601. */
  readonly now: string;
}

/** In what that which stands differs from what was last written through Lictor; null: in nothing. */
export function driftOf({ dc, name, reading, wish, previous, now }: DriftSources): Drift | null {
  const record = wish?.record;
  if (!record) return null;
  const standing = standingOf(reading, record.mechanism);
  // What could not be read is as it was.
  if (!standing || reading.unreadable.has(record.mechanism)) return previous;
  const { weights, exceptions } = record;
  const differences =
    weights === null || !standing.instances
      ? differencesOf(record, standing, name)
      : weightDifferences({ weights, exceptions }, standing.instances, dc);
  if (differences.length === 0) return null;
  const { declared } = standing;
  return { since: previous?.since ?? now, wished: record.declares ?? {}, declared, differences };
}
