import type { Check, CheckStatus, Status } from './model';
import { severity } from './rank';
import { isMaintenanceCheck } from './status';

/** What a check counts as: maintenance is a critical check with a name of its own. */
export const checkStanding = ({ id, status }: { id: string; status: CheckStatus }): Status =>
  isMaintenanceCheck(id) ? 'maintenance' : status;

/** A new, sorted array: the worst first, then by id. */
export function worstChecksFirst(checks: readonly Check[]): Check[] {
  const rank = (check: Check) => severity(checkStanding(check));
  return [...checks].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
