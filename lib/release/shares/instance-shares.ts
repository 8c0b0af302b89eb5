import type { Shares, SplitVersion } from '@/lib/release/split-body';
import { apportion } from './apportion';
import { fromBasisPoints, WHOLE } from './normalize-shares';

/** How traffic divides where nothing is declared: evenly over the instances that take it, to 0.01 by largest remainder; null: none does. */
export function instanceShares(versions: readonly Pick<SplitVersion, 'version' | 'inTraffic'>[]): Shares | null {
  const counts = versions.map(({ inTraffic }) => inTraffic);
  if (counts.every((count) => count === 0)) return null;
  const parts = apportion(WHOLE, counts);
  return fromBasisPoints(new Map(versions.map(({ version }, at) => [version, parts[at] ?? 0])));
}
