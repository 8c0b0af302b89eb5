import { loadPerInstance } from '@/lib/release/shares/capacity';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import type { Observation, Shares, SplitVersion, VersionStage } from '@/lib/release/split-body';

/** Requests a second where they are observed, else percent of the service's traffic. */
interface Load {
  readonly all: number;
  /** On each instance in traffic; null: there is none. */
  readonly each: number | null;
}

export interface VersionLoads {
  readonly version: string;
  readonly instances: number;
  readonly inTraffic: number;
  readonly stage: VersionStage;
  readonly now: Load;
  /** To be expected of the shares on the bar. */
  readonly next: Load;
  /** How many times its present load an instance gets; null: nothing to compare with. */
  readonly factor: number | null;
}

export interface LoadPicture {
  readonly unit: 'rate' | 'percent';
  readonly versions: readonly VersionLoads[];
  /** The largest load on an instance, now or next. */
  readonly most: number;
}

interface Bar {
  readonly order: readonly string[];
  readonly present: Shares;
  readonly shown: Shares;
}

/** What each version on the bar carries now, and would carry. A version that runs nowhere carries nothing on no instance. */
export function loadPicture(
  split: { readonly versions: readonly SplitVersion[]; readonly observation: Observation },
  { order, present, shown }: Bar,
): LoadPicture {
  const { observation } = split;
  const rates = observation.state === 'observed' ? observation.ratePerSecond : null;
  const total = rates && Object.values(rates).reduce((sum, rate) => sum + rate, 0);
  const running = order.map(
    (version): SplitVersion =>
      split.versions.find((one) => one.version === version) ?? {
        ...{ version, instances: 0, inTraffic: 0, unverified: 0, stage: 'active' },
      },
  );
  const factors = loadPerInstance({ shares: shown, present, versions: running, ratePerSecond: total });
  const versions = running.map(({ version, instances, inTraffic, stage }, n): VersionLoads => {
    const load = (all: number): Load => ({ all, each: inTraffic === 0 ? null : all / inTraffic });
    const now = rates ? shareOf(rates, version) : shareOf(present, version);
    const next = shareOf(shown, version) * (total === null ? 1 : total / 100);
    return {
      ...{ version, instances, inTraffic, stage, now: load(now), next: load(next) },
      factor: factors[n]?.factor ?? null,
    };
  });
  const most = Math.max(0, ...versions.flatMap(({ now, next }) => [now.each ?? 0, next.each ?? 0]));
  return { unit: total === null ? 'percent' : 'rate', versions, most };
}
