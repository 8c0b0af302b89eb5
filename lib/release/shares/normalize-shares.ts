import type { Shares } from '@/lib/release/split-body';

/** Shares are counted in hundredths of a percent: whole numbers, which add up without drift. */
export const WHOLE = 10_000;

/** By version, hundredths of a percent. A share that is no whole number of them is rounded. */
export function toBasisPoints(shares: Shares): Map<string, number> {
  return new Map(Object.entries(shares).map(([version, percent]) => [version, Math.round(percent * 100)]));
}

/** By version, percent. */
export function fromBasisPoints(points: ReadonlyMap<string, number>): Shares {
  return Object.fromEntries([...points].map(([version, share]) => [version, share / 100]));
}

/** The share of one version, percent; 0 where it is not named. A version may be called like a member of every object. */
export function shareOf(shares: Shares, version: string): number {
  return Object.hasOwn(shares, version) ? (shares[version] ?? 0) : 0;
}

/**
 * Why these are no shares of a service that runs these versions, a sentence; null: they are. A version that nobody runs may be named with 0%.
 */
export function checkShares(shares: Shares, versions: readonly string[]): string | null {
  const entries = Object.entries(shares);
  if (entries.length === 0) return 'There is no share: give each version its percent, 100 in sum.';
  for (const [version, percent] of entries) {
    const named = JSON.stringify(version);
    if (!Number.isFinite(percent)) return `The share of ${named} is no number: it takes a percent from 0 to 100.`;
    if (percent < 0) return `The share of ${named} is ${percent}%, and a share is never below 0.`;
    if (percent > 100) return `The share of ${named} is ${percent}%, and a share is never above 100.`;
    if (Math.abs(percent * 100 - Math.round(percent * 100)) > 1e-6) {
      return `The share of ${named} is ${percent}%, and shares have steps of 0.01.`;
    }
    if (percent > 0 && !versions.includes(version)) {
      return `No instance of ${named} is registered, so it can have no share; ${runs(versions)}.`;
    }
  }
  const sum = [...toBasisPoints(shares).values()].reduce((all, share) => all + share, 0);
  return sum === WHOLE ? null : `The shares sum to ${sum / 100}%, and they have to sum to 100.`;
}

function runs(versions: readonly string[]): string {
  if (versions.length === 0) return 'no version runs';
  return `what runs is ${versions.map((version) => JSON.stringify(version)).join(', ')}`;
}
