import type { Instance } from '@/lib/fleet/model';
import type { Mechanism } from '@/lib/release/mechanism';
import { bears } from './book-entry';
import type { NamedFact } from './declared-services';
import { type SplitReading, standingOf } from './split-reading';

/** Whether a reading shows by the indexes in it that it has seen an entry or a key as it was told. */
export function hasSeenFact(reading: SplitReading | null, mechanism: Mechanism, fact: NamedFact): boolean {
  const indexes = standingOf(reading, mechanism)?.indexes ?? {};
  const index = Object.hasOwn(indexes, fact.name) ? indexes[fact.name] : undefined;
  return fact.modifyIndex != null && index !== undefined && index >= fact.modifyIndex;
}

/** Whether the weights that were read are those that the fleet shows. */
export function hasSeenWeights(reading: SplitReading | null, instances: readonly Instance[]): boolean {
  const read = standingOf(reading, 'weights')?.instances;
  return read !== undefined && bears(read) === bears(instances);
}
