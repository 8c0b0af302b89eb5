import type { AlertRecord, AlertState } from '@/lib/alerts/alert-body';
import { isOpen, isWatchdog } from './alert-order';

/** How many alerts are in which state. The watchdog is none of them. */
export type AlertCounts = Readonly<Record<AlertState, number>>;

export function countAlerts(alerts: readonly AlertRecord[]): AlertCounts {
  const counts = { pending: 0, firing: 0, acknowledged: 0, silenced: 0, suppressed: 0, resolved: 0 };
  for (const alert of alerts) if (!isWatchdog(alert)) counts[alert.state] += 1;
  return counts;
}

/** What somebody may have to do with: what a greater alert explains is a part of that one. */
export const openCount = (alerts: readonly AlertRecord[]): number =>
  alerts.filter((alert) => isOpen(alert) && alert.suppressedBy === null && !isWatchdog(alert)).length;

/** What the header says of alerts, on every page. */
export interface FiringCount {
  readonly firing: number;
  /** Of these. */
  readonly critical: number;
}

export function firingCount(alerts: readonly AlertRecord[]): FiringCount {
  const firing = alerts.filter((alert) => alert.state === 'firing' && !isWatchdog(alert));
  return { firing: firing.length, critical: firing.filter(({ severity }) => severity === 'critical').length };
}
