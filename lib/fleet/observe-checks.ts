import { dequal } from 'dequal/lite';
import type { Check } from './model';
import type { ObservedCheck, Sighting } from './observation';

/** Keeps `previous` where nothing differs, so that whoever compares by identity sees no change. */
export function keepIfEqual<T>(previous: T | undefined, next: T): T {
  return previous !== undefined && dequal(previous, next) ? previous : next;
}

/** When the present status began: carried on while it lasts, `sighting.at` where it is new. */
export function begin(
  previous: { status: string; since: string; sinceAtLeast: boolean } | undefined,
  status: string,
  sighting: Sighting,
): { since: string; sinceAtLeast: boolean } {
  if (previous?.status === status) return { since: previous.since, sinceAtLeast: previous.sinceAtLeast };
  return { since: sighting.at, sinceAtLeast: sighting.afterGap };
}

/** Checks with the time their status began, sorted by id; a node's and a service's check may share an id. */
export function observeChecks(
  previous: readonly Check[],
  observed: readonly ObservedCheck[],
  sighting: Sighting,
): Check[] {
  return observed
    .map((check) => {
      const before = previous.find((candidate) => candidate.id === check.id && candidate.scope === check.scope);
      const { id, name, type, status, output, notes, scope } = check;
      const { since, sinceAtLeast } = begin(before, status, sighting);
      // Spelled out: an object that is put together by spreading takes half as much memory again, and there are a hundred thousand of them.
      return keepIfEqual(before, { id, name, type, status, output, notes, scope, since, sinceAtLeast });
    })
    .sort((a, b) => compareText(a.id, b.id) || compareText(a.scope, b.scope));
}

/** Order by code units: the same on every machine, unlike a collation. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
