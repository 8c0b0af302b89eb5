import type { Shares } from '@/lib/release/split-body';
import { apportion } from './apportion';
import { fromBasisPoints, toBasisPoints, WHOLE } from './normalize-shares';

interface SplitterWeight {
  readonly version: string;
  /** Percent, in steps of 0.01; absent: 0. */
  readonly weight?: number | undefined;
}

/**
 * The weights of a service-splitter: percent in steps of 0.01, in the order of the shares. Consul takes them where, each rounded to 0.01, they sum to exactly 100
 * (`ServiceSplitterConfigEntry.Validate`), which shares do.
 */
export function splitterWeights(shares: Shares): { version: string; weight: number }[] {
  return Object.entries(fromBasisPoints(toBasisPoints(shares))).map(([version, weight]) => ({ version, weight }));
}

/**
 * The shares that splits declare, those of one version added up. Consul keeps weights as 32-bit floats as they were written, so that they may be off by less
 * than 0.01; they are taken in proportion, 100 in sum. Null: no split has a weight.
 */
export function sharesOfSplitterWeights(splits: readonly SplitterWeight[]): Shares | null {
  const sums = new Map<string, number>();
  for (const { version, weight = 0 } of splits) {
    sums.set(version, (sums.get(version) ?? 0) + Math.max(0, Math.round(weight * 100)));
  }
  const weights = [...sums.values()];
  if (weights.every((weight) => weight === 0)) return null;
  const parts = apportion(WHOLE, weights);
  return fromBasisPoints(new Map([...sums.keys()].map((version, at) => [version, parts[at] ?? 0])));
}
