import type { TimeIn } from './bodies';
import type { StatusTally } from './roll-up';

/** Passing instance-ms over known instance-ms without maintenance, 0 to 1; null: nothing is known. */
export function availabilityOf({ passing, warning, critical }: StatusTally): number | null {
  const knownMs = passing + warning + critical;
  return knownMs > 0 ? passing / knownMs : null;
}

/** Instance-ms in each status; a status that nobody could tell and a time that nobody saw are both unknown. */
export function timeIn(instanceMs: StatusTally, unseenInstanceMs: number): TimeIn {
  const { passing, warning, critical, maintenance, unknown } = instanceMs;
  return { passing, warning, critical, maintenance, unknown: unknown + unseenInstanceMs };
}
