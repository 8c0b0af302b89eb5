import { instanceKey, serviceKey } from './keys';
import type { Instance, ServiceRecord } from './model';
import type { ObservedInstance, Sighting } from './observation';
import { begin, compareText, keepIfEqual, observeChecks } from './observe-checks';
import { statusOfChecks } from './status';
import { summarize } from './summarize';
import { versionOf } from './version';

export interface ServiceDetail {
  readonly service: ServiceRecord;
  /** Sorted by key. */
  readonly instances: readonly Instance[];
}

export interface ServiceObservation extends Sighting {
  readonly dc: string;
  readonly name: string;
  readonly instances: readonly ObservedInstance[];
  /** Records that could not be read; an instance known before is kept as `unknown` rather than shown as gone. */
  readonly unreadable: readonly { readonly node: string; readonly id: string }[];
  readonly versionMetaKeys: readonly string[];
}

/**
 * One service as an answer of Consul shows it, with what is carried on from `previous`: the time each status began, and the identity of
 * every record in which nothing differs.
 */
export function observeService(previous: ServiceDetail | undefined, seen: ServiceObservation): ServiceDetail {
  const before = new Map(previous?.instances.map((instance) => [instance.key, instance]));
  const now = new Map<string, Instance>();
  for (const observed of seen.instances) {
    const instance = observeInstance(before, seen, observed);
    now.set(instance.key, instance);
  }
  for (const { node, id } of seen.unreadable) {
    const known = before.get(instanceKey(seen.dc, node, id));
    if (known) now.set(known.key, { ...known, status: 'unknown', ...begin(known, 'unknown', seen) });
  }
  const instances = [...now.values()].sort((a, b) => compareText(a.key, b.key));
  const summary = summarize(serviceKey(seen.dc, seen.name), seen.name, instances);
  const service = { ...summary, ...begin(previous?.service, summary.status, seen) };
  return { service: keepIfEqual(previous?.service, service), instances };
}

function observeInstance(
  before: ReadonlyMap<string, Instance>,
  seen: ServiceObservation,
  observed: ObservedInstance,
): Instance {
  const key = instanceKey(seen.dc, observed.node, observed.id);
  const known = before.get(key);
  const status = statusOfChecks(observed.checks);
  return keepIfEqual(known, {
    key,
    id: observed.id,
    node: observed.node,
    address: observed.address,
    port: observed.port,
    version: versionOf(observed.meta, observed.tags, seen.versionMetaKeys),
    tags: [...observed.tags],
    meta: { ...observed.meta },
    weights: observed.weights,
    status,
    ...begin(known, status, seen),
    checks: observeChecks(known?.checks ?? [], observed.checks, seen),
  });
}
