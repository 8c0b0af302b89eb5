import type { Shares } from '@/lib/release/split-body';
import { apportion } from './apportion';
import { fromBasisPoints, toBasisPoints, WHOLE } from './normalize-shares';

/**
 * Moves one version to `percent` (rounded to 0.01, held between 0 and 100). The others divide the rest in the proportions that they have, evenly where all of
 * them have nothing; what is rounded goes by largest remainder, so that the sum stays 100. The only version keeps 100.
 */
export function setShare(shares: Shares, version: string, percent: number): Shares {
  const points = toBasisPoints(shares);
  const others = [...points].filter(([name]) => name !== version);
  if (others.length === 0) return fromBasisPoints(new Map([[version, WHOLE]]));
  const own = pointsOf(percent);
  const present = others.map(([, share]) => share);
  const weights = present.some((share) => share > 0) ? present : present.map(() => 1);
  const parts = apportion(WHOLE - own, weights);
  points.set(version, own);
  for (const [at, [name]] of others.entries()) points.set(name, parts[at] ?? 0);
  return fromBasisPoints(points);
}

/**
 * Moves a handle of the bar on which the versions lie side by side in `order`. Handle 0 stands between the first and the second of them. `percent` is where it
 * is moved to, counted from the left end of the bar, rounded to 0.01 and held between the handles beside it: share goes from one neighbour to the other, and
 * no other version moves.
 * @throws RangeError where there is no such handle
 */
export function moveHandle(shares: Shares, order: readonly string[], handleIndex: number, percent: number): Shares {
  const points = toBasisPoints(shares);
  const [left, right] = [order[handleIndex], order[handleIndex + 1]];
  if (left === undefined || right === undefined) throw new RangeError(`There is no handle ${handleIndex}.`);
  const share = (version: string) => points.get(version) ?? 0;
  const begin = order.slice(0, handleIndex).reduce((sum, version) => sum + share(version), 0);
  const both = share(left) + share(right);
  const own = Math.min(Math.max(pointsOf(percent) - begin, 0), both);
  points.set(left, own);
  points.set(right, both - own);
  return fromBasisPoints(points);
}

const pointsOf = (percent: number): number => Math.round(Math.min(Math.max(percent, 0), 100) * 100);
