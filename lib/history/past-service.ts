import { serviceKey } from '@/lib/fleet/keys';
import type { Check, Instance, ServiceRecord } from '@/lib/fleet/model';
import { summarize } from '@/lib/fleet/summarize';
import type { RecordedCheck, RecordedInstance } from './recorded';
import type { ServiceState } from './service-transitions';

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

/** A service with its instances. Since when it had its status is told by theirs: at the latest since the first that has the same, or, passing, since the last. */
export function pastService(
  name: string,
  state: ServiceState,
  context: PastContext,
): { readonly service: ServiceRecord; readonly instances: Instance[] } {
  const instances = state.instances.map((instance) => pastInstance(instance, context));
  const began = instances.filter(({ status }) => status === state.status).map(({ since }) => since);
  const sorted = began.sort();
  const since = (state.status === 'passing' ? sorted.at(-1) : sorted[0]) ?? new Date(context.atMs).toISOString();
  const summary = summarize(serviceKey(context.dc, name), name, instances);
  return { service: { ...summary, status: state.status, since, sinceAtLeast: true }, instances };
}
