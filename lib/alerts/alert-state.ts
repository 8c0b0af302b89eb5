import type { AlertState, Severity } from './alert-body';
import type { Evidence } from './evidence';

/** As in `alert-body`, for pages, which read no bodies by schema. */
export const ALERT_STATES: readonly AlertState[] = [
  'pending',
  'firing',
  'acknowledged',
  'silenced',
  'suppressed',
  'resolved',
];
export const FROM_GRAVE: readonly Severity[] = ['critical', 'warning', 'info'];

/** How far an episode is, whatever is said of it by others. */
export type AlertPhase = 'pending' | 'firing' | 'resolved';

/** What else is true of it. */
export interface Standing {
  readonly suppressed: boolean;
  readonly silenced: boolean;
  readonly acknowledged: boolean;
}

/** One word for all of it: the first that is true. */
export function alertState(phase: AlertPhase, { suppressed, silenced, acknowledged }: Standing): AlertState {
  if (phase !== 'firing') return phase;
  if (suppressed) return 'suppressed';
  if (silenced) return 'silenced';
  return acknowledged ? 'acknowledged' : 'firing';
}

/** What Lictor knows by itself, whether or not the datacenter answers; of the rest a datacenter that is not live tells nothing new. */
const knownAnyway: ReadonlySet<Evidence['kind']> = new Set<Evidence['kind']>([
  ...(['datacenter-lost', 'no-leader', 'expiry', 'watchdog'] as const),
]);

/** Whether such an alert begins, ripens and ends only while its datacenter is live. */
export const needsLive = (kind: Evidence['kind']): boolean => !knownAnyway.has(kind);
