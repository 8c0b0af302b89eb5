import type { Shares, SplitVersion, SplitWarning } from '@/lib/release/split-body';
import { shareOf } from './normalize-shares';
import { MUCH, oldTooSmall } from './old-too-small';
import { presentLoads, type TrafficCount } from './present-loads';
import { countedInstances, decimalText } from './share-words';
import { unseenInstances } from './unseen-instances';

interface LoadQuestion {
  readonly shares: Shares;
  /** What is divided now; null or absent: not known, and every instance in traffic is taken to carry the same. */
  readonly present?: Shares | null;
  readonly versions: readonly TrafficCount[];
  /** Of the whole service; null: not observed. */
  readonly ratePerSecond: number | null;
}

/** What an instance of a version gets of the service's traffic. */
export interface VersionLoad {
  readonly version: string;
  readonly inTraffic: number;
  /** Null: no instance of it is in traffic. */
  readonly percentPerInstance: number | null;
  /** Requests a second on each of its instances; null: the rate is not known, or nothing is in traffic. */
  readonly ratePerSecond: number | null;
  /**
   * How many times an instance's present load that is: of its own where its version carries something now, else of what an instance in traffic carries on
   * average. Null: nothing carries anything.
   */
  readonly factor: number | null;
}

/** For each version, its share by its instances in traffic. */
export function loadPerInstance({ shares, present = null, versions, ratePerSecond }: LoadQuestion): VersionLoad[] {
  const now = presentLoads(present, versions);
  return versions.map(({ version, inTraffic }) => {
    if (inTraffic === 0) return { version, inTraffic, percentPerInstance: null, ratePerSecond: null, factor: null };
    const percentPerInstance = shareOf(shares, version) / inTraffic;
    const reference = now.own.get(version) || now.average;
    return {
      ...{ version, inTraffic, percentPerInstance },
      ratePerSecond: ratePerSecond === null ? null : (ratePerSecond * percentPerInstance) / 100,
      factor: reference > 0 ? percentPerInstance / reference : null,
    };
  });
}

/**
 * What to know before the shares move, in stable codes:
 * - `no-healthy-target`: a version gets a share and none of its instances is in traffic (danger);
 * - `over-capacity`: an instance gets twice its present load or more; a note while that is less than twice what some instance carries now, else a warning;
 * - `old-too-small`: what would have to take everything back has too few instances for it, or what takes it back by this move (danger: it has none);
 * - `unverified`: instances without a check that looks at them get nothing of their version's share;
 * - `late-registration`: instances that take no traffic now and may come in later.
 * @param present what is divided now; null: not known
 */
export function judgeCapacity(
  present: Shares | null,
  wished: Shares,
  versions: readonly SplitVersion[],
): SplitWarning[] {
  const tooSmall = present === null ? null : oldTooSmall(present, wished, versions);
  return [
    ...versions.flatMap((version) => noHealthyTarget(wished, version)),
    // The same load would be said twice.
    ...(tooSmall?.takesBackNow ? [] : overCapacity(present, wished, versions)),
    ...(tooSmall ? [tooSmall.warning] : []),
    ...versions.flatMap((version) => unseenInstances(wished, version)),
  ];
}

function noHealthyTarget(wished: Shares, { version, inTraffic, instances }: SplitVersion): SplitWarning[] {
  const share = shareOf(wished, version);
  if (share === 0 || inTraffic > 0) return [];
  const sentence =
    `${share}% would go to ${JSON.stringify(version)}, and of its ${countedInstances(instances)} none is in traffic: ` +
    'those requests would be served by nothing. Bring one in first.';
  return [{ severity: 'danger', code: 'no-healthy-target', sentence }];
}

function overCapacity(present: Shares | null, wished: Shares, versions: readonly SplitVersion[]): SplitWarning[] {
  const { own, most } = presentLoads(present, versions);
  return loadPerInstance({ shares: wished, present, versions, ratePerSecond: null }).flatMap((load) => {
    const { version, inTraffic, percentPerInstance, factor } = load;
    if (percentPerInstance === null || factor === null || factor < MUCH) return [];
    const reference = own.has(version) ? 'its present load' : 'the present load of an instance';
    const sentence =
      `${shareOf(wished, version)}% on ${countedInstances(inTraffic)} of ${JSON.stringify(version)} is ` +
      `${decimalText(factor)} times ${reference}.`;
    const severity = percentPerInstance >= MUCH * most ? 'warning' : 'note';
    return [{ severity, code: 'over-capacity', sentence }];
  });
}
