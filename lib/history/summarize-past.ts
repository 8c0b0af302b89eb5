import type { Status } from '@/lib/fleet/model';
import { isMaintenanceCheck } from '@/lib/fleet/status';
import type { PastDatacenter, PastSummary, RecordedCheck, RecordedInstance, ServiceSummary } from './recorded';
import type { ServiceState } from './service-transitions';
import { noTally } from './tally';

type NodeChecks = ReadonlyMap<string, readonly RecordedCheck[]>;
type Since = ReadonlyMap<string, number>;

/** Own checks of each node by its name: they count for every instance there. */
export function nodeChecksOf({ nodes }: Pick<PastDatacenter, 'nodes'>): NodeChecks {
  return new Map(nodes.map(({ name, checks }) => [name, checks]));
}

export function summarizePast(past: PastDatacenter): PastSummary {
  const { dc, freshness, services, sinceMs } = past;
  const nodeChecks = nodeChecksOf(past);
  return { dc, freshness, services: services.map((one) => summarizeService(one.name, one, sinceMs, nodeChecks)) };
}

/** @param sinceMs when each instance's present status began, by key */
export function summarizeService(
  name: string,
  { status, instances }: ServiceState,
  sinceMs: Since,
  nodeChecks: NodeChecks,
): ServiceSummary {
  const counts: Record<Status, number> = { ...noTally };
  const versions = new Map<string, number>();
  const tags = new Set<string>();
  for (const instance of instances) {
    counts[instance.status] += 1;
    versions.set(instance.version, (versions.get(instance.version) ?? 0) + 1);
    for (const tag of instance.tags) tags.add(tag);
  }
  const same = instances.filter((instance) => instance.status === status);
  const began = same.map(({ key }) => sinceMs.get(key) ?? null);
  const [first] = same;
  const worst = status === 'passing' || !first ? null : worstOf(first, status, nodeChecks.get(first.node) ?? []);
  return { name, status, counts, versions, tags, sinceMs: summarySince(status, began), worst };
}

/** Since when a service has its status, by when each instance of the same status had it; null: before the record, or there is none. */
export function summarySince(status: Status, began: readonly (number | null)[]): number | null {
  const known = began.filter((ms) => ms !== null);
  if (known.length === 0) return null;
  if (status === 'passing') return known.reduce((a, b) => Math.max(a, b));
  return known.length < began.length ? null : known.reduce((a, b) => Math.min(a, b));
}

/** The check that makes an instance what it is; null: none does. */
export function worstOf(
  { id, node, checks }: Pick<RecordedInstance, 'id' | 'node' | 'checks'>,
  status: Status,
  nodeChecks: readonly RecordedCheck[],
): ServiceSummary['worst'] {
  const explains = (check: RecordedCheck) =>
    status === 'maintenance' ? isMaintenanceCheck(check.id) : check.status === status;
  const check = checks.find(explains) ?? nodeChecks.find(explains);
  return check ? { instance: id, node, check: check.id } : null;
}
