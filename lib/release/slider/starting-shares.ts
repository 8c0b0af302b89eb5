import type { Mechanism } from '@/lib/release/mechanism';
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

/** How traffic divides where nothing is declared: evenly over the instances that take it, in hundredths, 100 in sum; where none does, over all. */
function byInstances(versions: readonly SplitVersion[]): Shares {
  const inTraffic = versions.reduce((sum, version) => sum + version.inTraffic, 0);
  const count = (version: SplitVersion) => (inTraffic > 0 ? version.inTraffic : Math.max(1, version.instances));
  const all = versions.reduce((sum, version) => sum + count(version), 0);
  let before = 0;
  let ended = 0;
  return Object.fromEntries(
    versions.map((version) => {
      before += count(version);
      const end = Math.round((10_000 * before) / all);
      const share = (end - ended) / 100;
      ended = end;
      return [version.version, share];
    }),
  );
}
