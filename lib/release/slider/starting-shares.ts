import type { Mechanism } from '@/lib/release/mechanism';
import { instanceShares } from '@/lib/release/shares/instance-shares';
import type { Shares, SplitRecord, SplitVersion } from '@/lib/release/split-body';
import { newestFirst } from './version-sequence';

export interface StartingShares {
  /** Every version of the service and of what is declared, in the order of the bar. */
  readonly order: readonly string[];
  /** What the mechanism declares; null: nothing. */
  readonly declared: Shares | null;
  /** What the bar stands at before anybody touches it: what is declared, else how instances in traffic divide it. */
  readonly present: Shares;
}

/** Where the bar begins for a mechanism. */
export function startingShares(split: SplitRecord, mechanism: Mechanism): StartingShares {
  const own = split.mechanisms.find((state) => state.mechanism === mechanism)?.declared ?? null;
  const declared = own ?? (split.mechanism === mechanism ? split.declared : null);
  const present = declared ?? split.declared ?? byInstances(split.versions);
  const order = newestFirst([...split.versions.map(({ version }) => version), ...Object.keys(present)]);
  return { order, declared, present };
}

/** As instances in traffic divide it; where none is, as all would. */
function byInstances(versions: readonly SplitVersion[]): Shares {
  const all = versions.map(({ version, instances }) => ({ version, inTraffic: Math.max(1, instances) }));
  return instanceShares(versions) ?? instanceShares(all) ?? {};
}
