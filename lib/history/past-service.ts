import { serviceKey } from '@/lib/fleet/keys';
import type { Check, Instance, ServiceRecord } from '@/lib/fleet/model';
import { compareText } from '@/lib/fleet/observe-checks';
import type { RecordedCheck, RecordedInstance, ServiceSummary } from './recorded';
import type { ServiceState } from './service-transitions';
import { summarizeService } from './summarize-past';
import { tallyTotal } from './tally';

/** What a past state is told with besides what the record says of the thing itself. */
export interface PastContext {
  readonly dc: string;
  readonly atMs: number;
  /** When each instance's and node's present status began, by key; absent: before the record. */
  readonly sinceMs: ReadonlyMap<string, number>;
  /** Own checks of each node, by its name: they count for every instance there. */
  readonly nodeChecks: ReadonlyMap<string, readonly RecordedCheck[]>;
}

/** Since when something was as it was at `atMs`; what began before the record did so then at the latest. */
export function pastSince(key: string, { sinceMs, atMs }: PastContext): Pick<Instance, 'since' | 'sinceAtLeast'> {
  const began = sinceMs.get(key);
  return { since: new Date(began ?? atMs).toISOString(), sinceAtLeast: began === undefined };
}

/** Checks as they were. What they answered is not recorded, nor since when, nor how they were called. */
export function pastChecks(checks: readonly RecordedCheck[], atMs: number): Check[] {
  const unrecorded = { type: '', output: '', notes: '', since: new Date(atMs).toISOString(), sinceAtLeast: true };
  return checks.map(({ id, scope, status }) => ({ ...unrecorded, id, name: id, scope, status }));
}

export function pastInstance(instance: RecordedInstance, context: PastContext): Instance {
  const { key, id, node, address, port, version, tags, meta, weights, status } = instance;
  const checks = pastChecks([...instance.checks, ...(context.nodeChecks.get(node) ?? [])], context.atMs);
  return {
    ...{ key, id, node, address, port, version, tags, meta, weights, status },
    ...{ ...pastSince(key, context), checks, unconfirmed: false },
  };
}

/**
 * A service's record as it was. Since when it had its status is told by its instances, and may have been longer: one that recovered since may have been the first
 * to fail.
 */
export function pastServiceRecord(
  { name, status, counts, versions, tags, sinceMs, worst }: ServiceSummary,
  { dc, atMs }: Pick<PastContext, 'dc' | 'atMs'>,
): ServiceRecord {
  const { passing, warning, critical, maintenance } = counts;
  return {
    ...{ key: serviceKey(dc, name), name, status, instances: tallyTotal(counts) },
    ...{ passing, warning, critical, maintenance, flapping: null, unconfirmed: 0 },
    versions: Object.fromEntries([...versions].sort(([a], [b]) => compareText(a, b))),
    tags: [...tags].sort(compareText),
    ...{ since: new Date(sinceMs ?? atMs).toISOString(), sinceAtLeast: true },
    worst: worst && { ...worst, output: '' },
  };
}

export function pastService(
  name: string,
  state: ServiceState,
  context: PastContext,
): { readonly service: ServiceRecord; readonly instances: Instance[] } {
  const summary = summarizeService(name, state, context.sinceMs, context.nodeChecks);
  const instances = state.instances.map((instance) => pastInstance(instance, context));
  return { service: pastServiceRecord(summary, context), instances };
}
