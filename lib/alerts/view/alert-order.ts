import type { AlertRecord } from '@/lib/alerts/alert-body';
import { FROM_GRAVE } from '@/lib/alerts/alert-state';
import { compareNames } from '@/lib/fleet/rank';

/** What reaches further stands first. */
const reach: readonly AlertRecord['subject']['kind'][] = ['datacenter', 'node', 'service', 'lictor'];

/**
 * Worst first: severity, then what it reaches, then what has lasted longest, so that a new one joins at the end of its like and moves nothing above it. Of what is over, the
 * latest end comes first.
 */
export function compareAlerts(a: AlertRecord, b: AlertRecord): number {
  if (a.resolvedAt !== null && b.resolvedAt !== null) {
    return Date.parse(b.resolvedAt) - Date.parse(a.resolvedAt) || compareNames(a.id, b.id);
  }
  return (
    FROM_GRAVE.indexOf(a.severity) - FROM_GRAVE.indexOf(b.severity) ||
    reach.indexOf(a.subject.kind) - reach.indexOf(b.subject.kind) ||
    Date.parse(a.since) - Date.parse(b.since) ||
    compareNames(a.id, b.id)
  );
}

/** It fires always: a proof that alerts come at all, and no trouble. */
export const isWatchdog = ({ evidence }: Pick<AlertRecord, 'evidence'>): boolean => evidence.kind === 'watchdog';

export const isOpen = ({ state }: Pick<AlertRecord, 'state'>): boolean => state !== 'resolved';
