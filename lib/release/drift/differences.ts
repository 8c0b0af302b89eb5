import { dequal } from 'dequal/lite';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import type { Drift, HeaderRoute, Shares } from '@/lib/release/split-body';
import type { WishRecord } from '@/lib/release/wish-record';

/** What divides the traffic of a service, as it was just read. */
export interface Declared {
  readonly declared: Shares | null;
  /** What declares it; null: nothing does. */
  readonly source: string | null;
  readonly routes: readonly HeaderRoute[];
  readonly failover: readonly string[];
}

type Difference = Drift['differences'][number];

/** Less than the least step of a share, percentage points. */
const NEAR = 0.005;

/** Each thing in which what stands differs from what was last written through Lictor: `before` was written, `after` stands. */
export function differencesOf(
  wish: Pick<WishRecord, 'mechanism' | 'declares' | 'routes' | 'failover'>,
  found: Declared,
  service: string,
): Difference[] {
  const named = found.source ?? `${wish.mechanism} ${service}`;
  const differences: Difference[] = [];
  const differ = (what: string, before: Difference['before'], after: Difference['after']) =>
    differences.push({ target: `${named}: ${what}`, before, after });
  if (!sameShares(wish.declares, found.declared)) differ('shares', wish.declares, found.declared);
  if (!dequal(wish.routes, found.routes)) differ('header routes', wish.routes, [...found.routes]);
  if (!dequal(wish.failover, found.failover)) differ('failover', wish.failover, [...found.failover]);
  return differences;
}

/** Alike but for less than the least step; a version that is not named has 0. */
export function sameShares(a: Shares | null, b: Shares | null): boolean {
  if (a === null || b === null) return a === b;
  const versions = [...Object.keys(a), ...Object.keys(b)];
  return versions.every((version) => Math.abs(shareOf(a, version) - shareOf(b, version)) < NEAR);
}
