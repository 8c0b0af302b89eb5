import type { Shares, SplitVersion } from '@/lib/release/split-body';
import { shareOf } from './normalize-shares';

/** What instances carry now, percent of the service's traffic each. */
export interface PresentLoads {
  /** By version, of those that carry something. */
  readonly own: ReadonlyMap<string, number>;
  /** Over all instances that carry something; 0: none does. */
  readonly average: number;
  /** The most that any instance carries. */
  readonly most: number;
}

export type TrafficCount = Pick<SplitVersion, 'version' | 'inTraffic'>;

/** @param present null: not known, and every instance in traffic is taken to carry the same */
export function presentLoads(present: Shares | null, versions: readonly TrafficCount[]): PresentLoads {
  const carrying = versions.filter(
    ({ version, inTraffic }) => inTraffic > 0 && (present === null || shareOf(present, version) > 0),
  );
  const instances = instancesInTraffic(carrying);
  const average = instances === 0 ? 0 : 100 / instances;
  const own = new Map(
    carrying.map(({ version, inTraffic }) => [version, present ? shareOf(present, version) / inTraffic : average]),
  );
  return { own, average, most: Math.max(0, ...own.values()) };
}

export const instancesInTraffic = (versions: readonly TrafficCount[]): number =>
  versions.reduce((sum, { inTraffic }) => sum + inTraffic, 0);
