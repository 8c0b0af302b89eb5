import { compareVersions, parseVersion } from '@/lib/filter/version-order';
import type { Shares, SplitVersion, SplitWarning } from '@/lib/release/split-body';
import { shareOf } from './normalize-shares';
import { countedInstances, decimalText } from './share-words';

/** From here on a load is said to be more than an instance is known to bear. */
const MUCH = 2;

export interface LoadQuestion {
  readonly shares: Shares;
  /** What is divided now; null or absent: not known, and every instance in traffic is taken to carry the same. */
  readonly present?: Shares | null;
  readonly versions: readonly Pick<SplitVersion, 'version' | 'inTraffic'>[];
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

interface PresentLoads {
  /** Percent an instance, by version. */
  readonly own: ReadonlyMap<string, number>;
  readonly average: number;
  /** The most that an instance carries. */
  readonly most: number;
}

function presentLoads(present: Shares | null, versions: LoadQuestion['versions']): PresentLoads {
  const carrying = versions.filter(
    ({ version, inTraffic }) => inTraffic > 0 && (present === null || shareOf(present, version) > 0),
  );
  const instances = sumOf(carrying);
  const average = instances === 0 ? 0 : 100 / instances;
  const own = new Map(
    carrying.map(({ version, inTraffic }) => [version, present ? shareOf(present, version) / inTraffic : average]),
  );
  return { own, average, most: Math.max(0, ...own.values()) };
}

/**
 * What to know before the shares move, in stable codes:
 * - `no-healthy-target`: a version gets a share and none of its instances is in traffic (danger);
 * - `over-capacity`: an instance gets twice its present load or more; a note while no more than twice what some instance carries now, else a warning;
 * - `old-too-small`: what would have to take everything back has too few instances for it, and so has what takes it back now (danger: it has none);
 * - `unverified`: instances without a check that looks at them get nothing of their version's share;
 * - `late-registration`: instances that take no traffic now and that may come in later.
 */
export function judgeCapacity(
  present: Shares | null,
  wished: Shares,
  versions: readonly SplitVersion[],
): SplitWarning[] {
  const now = presentLoads(present, versions);
  const gaining = versions.filter(({ version }) => shareOf(wished, version) > shareOf(present ?? {}, version));
  const tooSmall = present === null ? [] : oldTooSmall(present, wished, gaining, versions, now);
  const takesBack = tooSmall.some(({ moment }) => moment === 'now');
  return [
    ...versions.flatMap((version) => noTarget(wished, version)),
    ...(takesBack ? [] : overCapacity(present, wished, versions, now)),
    ...tooSmall.map(({ warning }) => warning),
    ...versions.flatMap((version) => unseenInstances(wished, version)),
  ];
}

function noTarget(wished: Shares, { version, inTraffic, instances }: SplitVersion): SplitWarning[] {
  const share = shareOf(wished, version);
  if (share === 0 || inTraffic > 0) return [];
  const sentence =
    `${share}% would go to ${JSON.stringify(version)}, and none of its ${countedInstances(instances)} is in traffic: ` +
    'those requests would be served by nothing. Bring one in first.';
  return [{ severity: 'danger', code: 'no-healthy-target', sentence }];
}

function overCapacity(
  present: Shares | null,
  wished: Shares,
  versions: readonly SplitVersion[],
  now: PresentLoads,
): SplitWarning[] {
  return loadPerInstance({ shares: wished, present, versions, ratePerSecond: null }).flatMap((load) => {
    const { version, inTraffic, percentPerInstance, factor } = load;
    if (percentPerInstance === null || factor === null || factor < MUCH) return [];
    const reference = now.own.get(version) ? 'its present load' : 'the present load of an instance';
    const sentence =
      `${shareOf(wished, version)}% on ${countedInstances(inTraffic)} of ${JSON.stringify(version)} is ` +
      `${decimalText(factor)} times ${reference}.`;
    const severity = percentPerInstance >= MUCH * now.most ? 'warning' : 'note';
    return [{ severity, code: 'over-capacity', sentence }];
  });
}

interface TooSmall {
  readonly moment: 'before' | 'now';
  readonly warning: SplitWarning;
}

function oldTooSmall(
  present: Shares,
  wished: Shares,
  gaining: readonly SplitVersion[],
  versions: readonly SplitVersion[],
  now: PresentLoads,
): TooSmall[] {
  const giving = versions.filter(({ version }) => shareOf(wished, version) < shareOf(present, version));
  if (gaining.length === 0 || giving.length === 0) return [];
  if (gaining.every((back) => giving.every((from) => isOlder(back.version, from.version)))) {
    return [...takenBackNow(wished, gaining, now)];
  }
  const holding = versions.filter((one) => !gaining.includes(one) && shareOf(present, one.version) > 0);
  const instances = sumOf(holding);
  const names = holding.map(({ version }) => JSON.stringify(version)).join(', ');
  if (instances === 0) {
    const sentence = `Nothing could take the traffic back: no instance of ${names} is in traffic.`;
    return [{ moment: 'before', warning: { severity: 'danger', code: 'old-too-small', sentence } }];
  }
  const factor = 100 / instances / now.most;
  if (!(factor > MUCH)) return [];
  const sentence =
    `If all had to go back to ${names}, its ${countedInstances(instances)} in traffic would each carry ` +
    `${decimalText(factor)} times what an instance carries at most now. Keep more of them until this is over.`;
  return [{ moment: 'before', warning: { severity: 'warning', code: 'old-too-small', sentence } }];
}

function takenBackNow(wished: Shares, gaining: readonly SplitVersion[], now: PresentLoads): TooSmall[] {
  const instances = sumOf(gaining);
  if (instances === 0) return [];
  const share = gaining.reduce((sum, { version }) => sum + shareOf(wished, version), 0);
  const factor = share / instances / now.most;
  if (!(factor > MUCH)) return [];
  const sentence =
    `${gaining.map(({ version }) => JSON.stringify(version)).join(', ')} has ${countedInstances(instances)} in traffic: ` +
    `with ${decimalText(share)}% each carries ${decimalText(factor)} times what an instance carries at most now. ` +
    'Start more of them first, or give back in steps.';
  return [{ moment: 'now', warning: { severity: 'warning', code: 'old-too-small', sentence } }];
}

/** False also where one of them is not written like a version. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [parseVersion(version), parseVersion(than)];
  return left !== null && right !== null && compareVersions(left, right) < 0;
}

function unseenInstances(wished: Shares, { version, instances, inTraffic, unverified }: SplitVersion): SplitWarning[] {
  if (shareOf(wished, version) === 0) return [];
  const name = JSON.stringify(version);
  const warnings: SplitWarning[] = [];
  if (unverified > 0) {
    const sentence =
      `${unverified} of ${countedInstances(instances)} of ${name} has no check that looks at it and was never seen healthy: ` +
      'it gets no share. Register a check with it.';
    warnings.push({ severity: 'warning', code: 'unverified', sentence });
  }
  const late = instances - inTraffic - unverified;
  if (late > 0 && inTraffic > 0) {
    const sentence =
      `${late} of ${countedInstances(instances)} of ${name} takes no traffic now. One that comes in later, as one that ` +
      'registers later, is not in these figures.';
    warnings.push({ severity: 'note', code: 'late-registration', sentence });
  }
  return warnings;
}

const sumOf = (versions: LoadQuestion['versions']): number =>
  versions.reduce((sum, { inTraffic }) => sum + inTraffic, 0);
