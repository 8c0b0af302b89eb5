import { compareText } from '@/lib/fleet/observe-checks';
import type { RecordedCheck } from './recorded';
import type { TransitionList } from './transition-origin';

/** Notes what became of the checks of one scope, in the order of their ids. */
export function noteChecks(
  list: TransitionList,
  scope: RecordedCheck['scope'],
  previous: readonly RecordedCheck[],
  next: readonly RecordedCheck[],
): void {
  if (previous === next) return;
  const before = statuses(scope, previous);
  const after = statuses(scope, next);
  for (const id of [...new Set([...before.keys(), ...after.keys()])].sort(compareText)) {
    list.differs('check', before.get(id) ?? null, after.get(id) ?? null, id);
  }
}

function statuses(scope: RecordedCheck['scope'], checks: readonly RecordedCheck[]): Map<string, string> {
  return new Map(checks.filter((check) => check.scope === scope).map(({ id, status }) => [id, status]));
}
