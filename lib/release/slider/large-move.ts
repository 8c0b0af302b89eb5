import { shareOf } from '@/lib/release/shares/normalize-shares';
import type { Shares, SplitWarning } from '@/lib/release/split-body';

/** More than so many percentage points for any version is a large move. */
const LARGE = 25;

/** What has to be typed before it is written: the share of the first version. */
export interface TypedMove {
  readonly version: string;
  readonly from: number;
  readonly to: number;
  /** It is large, or its preview warns of danger. */
  readonly why: 'large' | 'danger';
}

/** What has to be typed before `wished` is written in the place of `present`; null: nothing. */
export function moveToType(
  present: Shares,
  wished: Shares | null,
  order: readonly string[],
  warnings: readonly SplitWarning[],
): TypedMove | null {
  const [version] = order;
  if (version === undefined) return null;
  const isLarge =
    wished !== null && order.some((one) => Math.abs(shareOf(wished, one) - shareOf(present, one)) > LARGE);
  const isDanger = warnings.some(({ severity }) => severity === 'danger');
  if (!isLarge && !isDanger) return null;
  const from = shareOf(present, version);
  return { version, from, to: wished ? shareOf(wished, version) : from, why: isLarge ? 'large' : 'danger' };
}
