import type { TimeIn } from './bodies';

/** What a lane is ranked by. */
export interface Ranked {
  readonly key: string;
  readonly availability: number | null;
  readonly timeInMs: TimeIn;
}

/** How long it was known not to pass, instance-ms. A time that nobody saw is no fault. */
const troubledMs = ({ timeInMs }: Ranked): number => timeInMs.warning + timeInMs.critical + timeInMs.maintenance;

/** It was passing whenever it was seen. */
export const isQuiet = (lane: Ranked): boolean => troubledMs(lane) === 0;

/** The worst first: less available, then longer not passing; at last by key, so that equal ones keep their places. */
export function compareWorst(a: Ranked, b: Ranked): number {
  const less = (a.availability ?? 1) - (b.availability ?? 1);
  return less || troubledMs(b) - troubledMs(a) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
