import type { Check, Status } from './model';

/** Consul marks maintenance by a critical check with one of these ids; the reason stands in its notes. */
export function isMaintenanceCheck(checkId: string): boolean {
  return checkId === '_node_maintenance' || checkId.startsWith('_service_maintenance:');
}

type JudgedCheck = Pick<Check, 'id' | 'status'>;

/**
 * Status of an instance or a node by its checks: maintenance before critical before warning before passing. Without any check it is
 * passing, as Consul itself serves it.
 */
export function statusOfChecks(checks: readonly JudgedCheck[]): Status {
  let worst: Status = 'passing';
  for (const check of checks) {
    if (isMaintenanceCheck(check.id)) return 'maintenance';
    if (check.status === 'critical') worst = 'critical';
    else if (check.status === 'warning' && worst === 'passing') worst = 'warning';
  }
  return worst;
}

/** From worst to best, as a service is judged by its instances. `unknown` stands before passing: what was not read is not healthy. */
export const SERVICE_SEVERITY: readonly Status[] = ['critical', 'warning', 'maintenance', 'unknown', 'passing'];

/** Status of a service by its instances' statuses; without any it is unknown. */
export function statusOfInstances(statuses: Iterable<Status>): Status {
  const present = new Set(statuses);
  return SERVICE_SEVERITY.find((status) => present.has(status)) ?? 'unknown';
}
