import type { Shares } from '@/lib/release/split-body';
import { apportion } from './apportion';
import { bestUnits, EXACT_ENOUGH, errorOf } from './best-units';
import { fromBasisPoints, shareOf, WHOLE } from './normalize-shares';

/** In what steps a mechanism tells weights apart. */
export interface Grain {
  /** Weights are multiples of it. */
  readonly step: number;
  /** The greatest multiple; `step * most` is 65535 at most. */
  readonly most: number;
}

/** Consul takes a weight from 1 to 65535; 0 is kept as 1. */
export const CONSUL_GRAIN: Grain = { step: 1, most: 65_535 };

/**
 * HAProxy makes of an SRV weight w, from 0 to 65535, its own, from 0 to 256, as `(w + 255) / 256` cut to a whole number (src/resolvers.c,
 * src/dns.c before 2.4). Multiples of 256 come out exactly as they were meant, and DNS clients that take the weight whole divide by them alike.
 */
export const HAPROXY_GRAIN: Grain = { step: 256, most: 255 };

export interface WeightedInstance {
  readonly key: string;
  readonly version: string;
  /** As it stands. */
  readonly weight: number;
}

export interface WeightQuestion {
  readonly shares: Shares;
  readonly instances: readonly WeightedInstance[];
  readonly grain: Grain;
}

export interface WeightAnswer {
  /** By key of the instance: the weight of each whose version has a share. */
  readonly weights: ReadonlyMap<string, number>;
  /** The same by version: what an instance that is not counted, or comes later, has to get. */
  readonly byVersion: ReadonlyMap<string, number>;
  /** Keys of the instances whose version has no share: no weight says 0, they have to be taken out. */
  readonly out: readonly string[];
  /** What the weights declare, to 0.01, of every version that runs. */
  readonly declares: Shares;
  /** Largest difference between what the weights declare and the wish, percentage points, to 0.0001. */
  readonly roundingError: number;
}

/**
 * The weights that come nearest to the shares. All n instances of a version bear the same weight w, so that its share is n w by the sum of all n w; the weights
 * are multiples of the grain's step, and the largest error in percentage points is as small as can be. Weights that stand and are right already are kept.
 * @throws RangeError where a version has a share and no instance
 */
export function weightsForShares({ shares, instances, grain }: WeightQuestion): WeightAnswer {
  const groups = groupsOf(shares, instances);
  const active = groups.filter(({ share }) => share > 0);
  const units = standingUnits(active, grain) ?? bestUnits(active, grain.most);
  const byVersion = new Map(active.map(({ version }, at) => [version, (units[at] ?? 1) * grain.step]));
  const loads = groups.map(({ version, count }) => count * ((byVersion.get(version) ?? 0) / grain.step));
  const parts = apportion(WHOLE, loads);
  const all = loads.reduce((sum, load) => sum + load, 0);
  const errors = groups.map(({ share }, at) => Math.abs(((loads[at] ?? 0) / all) * 100 - share));
  return {
    weights: new Map(
      active.flatMap(({ version, members }) => members.map(({ key }) => [key, byVersion.get(version) ?? 1])),
    ),
    byVersion,
    out: groups.filter(({ share }) => share === 0).flatMap(({ members }) => members.map(({ key }) => key)),
    declares: fromBasisPoints(new Map(groups.map(({ version }, at) => [version, parts[at] ?? 0]))),
    roundingError: Math.round(Math.max(...errors) * 10_000) / 10_000,
  };
}

interface Group {
  readonly version: string;
  readonly share: number;
  readonly count: number;
  readonly members: readonly WeightedInstance[];
}

function groupsOf(shares: Shares, instances: readonly WeightedInstance[]): Group[] {
  const members = new Map<string, WeightedInstance[]>();
  for (const instance of instances) {
    const own = members.get(instance.version);
    if (own) own.push(instance);
    else members.set(instance.version, [instance]);
  }
  for (const [version, share] of Object.entries(shares)) {
    if (share > 0 && !members.has(version)) {
      throw new RangeError(`${JSON.stringify(version)} has a share of ${share}% and no instance to bear it.`);
    }
  }
  return [...members].map(([version, own]) => ({
    ...{ version, share: shareOf(shares, version), count: own.length, members: own },
  }));
}

/** What stands, in units of the grain; null where it is not right already. */
function standingUnits(groups: readonly Group[], { step, most }: Grain): number[] | null {
  const units = groups.map(({ members: [first, ...others] }) => {
    const weight = first?.weight ?? 0;
    const fits = weight % step === 0 && weight >= step && weight <= step * most;
    return fits && others.every((other) => other.weight === weight) ? weight / step : 0;
  });
  return units.every((unit) => unit > 0) && errorOf(groups, units) < EXACT_ENOUGH ? units : null;
}
