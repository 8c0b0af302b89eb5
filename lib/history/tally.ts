import type { StatusTally } from './roll-up';

export const noTally: StatusTally = { passing: 0, warning: 0, critical: 0, maintenance: 0, unknown: 0 };

export function addTallies(a: StatusTally, b: StatusTally): StatusTally {
  return {
    passing: a.passing + b.passing,
    warning: a.warning + b.warning,
    critical: a.critical + b.critical,
    maintenance: a.maintenance + b.maintenance,
    unknown: a.unknown + b.unknown,
  };
}

export function scaleTally(tally: StatusTally, by: number): StatusTally {
  return {
    passing: tally.passing * by,
    warning: tally.warning * by,
    critical: tally.critical * by,
    maintenance: tally.maintenance * by,
    unknown: tally.unknown * by,
  };
}

export function tallyTotal(tally: StatusTally): number {
  return tally.passing + tally.warning + tally.critical + tally.maintenance + tally.unknown;
}

/** The worse of two moments: more critical, then more warning, more unknown, more in maintenance, at last fewer passing. */
export function worseTally(a: StatusTally, b: StatusTally): StatusTally {
  const difference =
    b.critical - a.critical ||
    b.warning - a.warning ||
    b.unknown - a.unknown ||
    b.maintenance - a.maintenance ||
    a.passing - b.passing;
  return difference > 0 ? b : a;
}
