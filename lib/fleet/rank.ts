import type { Status } from './model';
import type { ServiceRow } from './service-row';
import { SERVICE_SEVERITY } from './status';

/** 0 is the worst. */
export const severity = (status: Status): number => SERVICE_SEVERITY.indexOf(status);

const collator = new Intl.Collator('en', { numeric: true });

/** Names as people order them: web-2 before web-10. A tie is broken by code units, so that the order is total. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return collator.compare(a, b) || (a < b ? -1 : 1);
}

/** Which part of a service's instances is in the state that the service is judged by, 0 to 1. */
function hitShare({ service }: ServiceRow): number {
  if (service.instances === 0) return 0;
  if (service.status !== 'unknown') return service[service.status] / service.instances;
  const read = service.passing + service.warning + service.critical + service.maintenance;
  return (service.instances - read) / service.instances;
}

/**
 * Worst first: the status, then the share of instances that it hits, then who has been so for longer, then the name. Freshness has no say: what
 * was critical when last seen keeps its rank.
 */
export function compareWorstFirst(a: ServiceRow, b: ServiceRow): number {
  return (
    severity(a.service.status) - severity(b.service.status) ||
    (a.service.status === 'passing' ? 0 : hitShare(b) - hitShare(a) || compareTimes(a, b)) ||
    compareNames(a.service.name, b.service.name) ||
    compareNames(a.dc, b.dc)
  );
}

function compareTimes(a: ServiceRow, b: ServiceRow): number {
  return Date.parse(a.service.since) - Date.parse(b.service.since);
}
