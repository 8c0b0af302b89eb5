import type { Check, Instance, ServiceRecord, Status, WorstCheck } from './model';
import { compareText } from './observe-checks';
import { isMaintenanceCheck, statusOfInstances } from './status';

const MAX_WORST_OUTPUT_LENGTH = 200;

/** A service's record but for the time its status began, which only its past can tell. */
export function summarize(
  key: string,
  name: string,
  instances: readonly Instance[],
): Omit<ServiceRecord, 'since' | 'sinceAtLeast'> {
  const counts: Record<Status, number> = { passing: 0, warning: 0, critical: 0, maintenance: 0, unknown: 0 };
  // A plain object would lose a version that is named like a member of Object.prototype, or sort "2" before "1.0".
  const versions = new Map<string, number>();
  const tags = new Set<string>();
  for (const instance of instances) {
    counts[instance.status] += 1;
    versions.set(instance.version, (versions.get(instance.version) ?? 0) + 1);
    for (const tag of instance.tags) tags.add(tag);
  }
  const status = statusOfInstances(instances.map((instance) => instance.status));
  return {
    key,
    name,
    status,
    instances: instances.length,
    passing: counts.passing,
    warning: counts.warning,
    critical: counts.critical,
    maintenance: counts.maintenance,
    versions: Object.fromEntries([...versions].sort(([a], [b]) => compareText(a, b))),
    flapping: null,
    tags: [...tags].sort(compareText),
    worst: status === 'passing' ? null : worstCheck(instances, status),
    unconfirmed: instances.filter((instance) => instance.unconfirmed).length,
  };
}

function worstCheck(instances: readonly Instance[], status: Status): WorstCheck | null {
  const instance = instances.find((candidate) => candidate.status === status);
  const check = instance?.checks.find((candidate) => explains(candidate, status));
  if (!instance || !check) return null;
  const text = status === 'maintenance' ? check.notes : check.output;
  return { instance: instance.id, node: instance.node, check: check.name, output: firstLine(text) };
}

function explains(check: Check, status: Status): boolean {
  if (status === 'maintenance') return isMaintenanceCheck(check.id);
  return check.status === status;
}

function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().slice(0, MAX_WORST_OUTPUT_LENGTH).toWellFormed();
}
