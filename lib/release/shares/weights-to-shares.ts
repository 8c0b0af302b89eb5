import type { Shares } from '@/lib/release/split-body';
import { apportion } from './apportion';
import { fromBasisPoints, WHOLE } from './normalize-shares';

export interface WeighedInstance {
  readonly version: string;
  /** Of the status that it has now, as its clients count it: a whole number. */
  readonly weight: number;
  readonly inTraffic: boolean;
}

/**
 * The shares that clients obeying weights give each version: its weights in traffic by all weights in traffic, to 0.01 by largest remainder. A version
 * without traffic has 0. Null: nothing takes traffic, so nothing is divided.
 */
export function sharesOfWeights(instances: readonly WeighedInstance[]): Shares | null {
  const sums = new Map<string, number>();
  for (const { version, weight, inTraffic } of instances) {
    sums.set(version, (sums.get(version) ?? 0) + (inTraffic ? weight : 0));
  }
  const weights = [...sums.values()];
  if (weights.every((weight) => weight === 0)) return null;
  const parts = apportion(WHOLE, weights);
  return fromBasisPoints(new Map([...sums.keys()].map((version, at) => [version, parts[at] ?? 0])));
}
