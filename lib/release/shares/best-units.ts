/** All instances of a version, which bear one weight. */
export interface UnitGroup {
  /** Percent, above 0. */
  readonly share: number;
  /** Instances. */
  readonly count: number;
}

/** Percentage points. A smaller error comes out as the very share that was wished, to 0.01. */
export const EXACT_ENOUGH = 0.005;

/** Above this many versions not every way of rounding is tried. */
const ROUNDED_BOTH_WAYS = 4;

/** Largest difference between the shares and what these units give each group (`count` times its units, by the sum of all), percentage points. */
export function errorOf(groups: readonly UnitGroup[], units: readonly number[]): number {
  const loads = groups.map(({ count }, at) => count * (units[at] ?? 0));
  const all = loads.reduce((sum, load) => sum + load, 0);
  return Math.max(0, ...groups.map(({ share }, at) => Math.abs(((loads[at] ?? 0) / all) * 100 - share)));
}

/**
 * Whole numbers from 1 to `most`, one a group, that give shares nearest to those wished: the smallest whose error is below `EXACT_ENOUGH`, else those of
 * the smallest error that was found. Tries each number for the version with the greatest share an instance, with the others next to the proportion that this asks of
 * them, and at last one unit more or less of each. For two versions nothing comes nearer; for three something rarely does, by less than a percentage point where every number up to 14 was
 * tried against it.
 */
export function bestUnits(groups: readonly UnitGroup[], most: number): number[] {
  const ratios = groups.map(({ share, count }) => share / count);
  const greatest = Math.max(...ratios);
  const lead = ratios.indexOf(greatest);
  const roundings = groups.length <= ROUNDED_BOTH_WAYS ? bothWays(groups.length, lead) : [groups.map(() => Math.round)];
  let best = { units: groups.map(() => 1), error: Number.POSITIVE_INFINITY };
  for (let top = 1; top <= most; top += 1) {
    for (const rounding of roundings) {
      const units = ratios.map((ratio, at) => held((rounding[at] ?? Math.round)((top * ratio) / greatest), most));
      units[lead] = top;
      const error = errorOf(groups, units);
      if (error < best.error) best = { units, error };
    }
    if (best.error < EXACT_ENOUGH) return best.units;
  }
  return improved(groups, best, most).units;
}

type Rounding = (value: number) => number;

/** Every choice of rounding down or up for all groups but the leading one, whose number is whole. */
function bothWays(count: number, lead: number): Rounding[][] {
  let all: Rounding[][] = [[]];
  for (let at = 0; at < count; at += 1) {
    const ways = at === lead ? [Math.round] : [Math.floor, Math.ceil];
    all = all.flatMap((begun) => ways.map((way) => [...begun, way]));
  }
  return all;
}

function improved(groups: readonly UnitGroup[], found: { units: number[]; error: number }, most: number): typeof found {
  let best = found;
  for (;;) {
    const before = best;
    for (const at of groups.keys()) {
      for (const step of [-1, 1]) {
        const units = [...before.units];
        units[at] = held((units[at] ?? 1) + step, most);
        const error = errorOf(groups, units);
        if (error < best.error - 1e-12) best = { units, error };
      }
    }
    if (best === before) return best;
  }
}

const held = (value: number, most: number): number => Math.min(Math.max(value, 1), most);
