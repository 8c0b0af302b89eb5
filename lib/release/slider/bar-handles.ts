import { shareOf } from '@/lib/release/shares/normalize-shares';
import type { Shares } from '@/lib/release/split-body';

/** A place where the bar can be moved: between two versions that are neighbours on it. Percent of the bar's length from its left. */
export interface BarHandle {
  /** From 0; it stands behind version `index`. */
  readonly index: number;
  readonly left: string;
  readonly right: string;
  readonly at: number;
  readonly least: number;
  readonly most: number;
}

const HUNDREDTHS = 100;

/** The handles of n versions, one fewer than versions. In whole hundredths of a percent: a sum of many shares is still exact. */
export function handlesOf(shares: Shares, order: readonly string[]): BarHandle[] {
  const parts = order.map((version) => Math.round(shareOf(shares, version) * HUNDREDTHS));
  const ends = parts.map((_, n) => parts.slice(0, n + 1).reduce((sum, part) => sum + part, 0));
  return order.slice(0, -1).map((left, index) => ({
    index,
    left,
    right: order[index + 1] ?? '',
    at: (ends[index] ?? 0) / HUNDREDTHS,
    least: (ends[index - 1] ?? 0) / HUNDREDTHS,
    most: (ends[index + 1] ?? 0) / HUNDREDTHS,
  }));
}

/** The handle that a press at `percent` of the bar takes: the nearest, and of those on one place that which can follow the press. */
export function nearestHandle(handles: readonly BarHandle[], percent: number): BarHandle | undefined {
  const distance = (handle: BarHandle) => Math.abs(handle.at - percent);
  const canFollow = (handle: BarHandle) => (percent < handle.at ? handle.least < handle.at : handle.at < handle.most);
  return [...handles].sort((a, b) => distance(a) - distance(b) || Number(canFollow(b)) - Number(canFollow(a)))[0];
}
