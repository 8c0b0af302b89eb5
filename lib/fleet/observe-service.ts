import { instanceKey, serviceKey } from './keys';
import type { Instance, ServiceRecord } from './model';
import type { ObservedCheck, ObservedInstance, Sighting } from './observation';
import { begin, compareText, keepIfEqual, observeChecks } from './observe-checks';
import { observeProxies, type Proxies, remainingProxies } from './observe-proxies';
import { statusOfChecks } from './status';
import { summarize } from './summarize';
import { versionOf } from './version';

export interface ServiceDetail {
  readonly service: ServiceRecord;
  /** Sorted by key. */
  readonly instances: readonly Instance[];
  /** What proxies among them are registered with; absent where there are none. */
  readonly proxies?: Proxies;
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
 * every record in which nothing differs. `kept`: instances that the answer does not name and that are not taken for gone, as they are to be shown.
 */
export function observeService(
  previous: ServiceDetail | undefined,
  seen: ServiceObservation,
  kept: readonly Instance[] = [],
): ServiceDetail {
  const before = new Map(previous?.instances.map((instance) => [instance.key, instance]));
  const now = new Map<string, Instance>();
  for (const observed of seen.instances) {
    const instance = observeInstance(before, seen, observed);
    now.set(instance.key, instance);
  }
  for (const { node, id } of seen.unreadable) {
    const known = before.get(instanceKey(seen.dc, node, id));
    if (known)
      now.set(known.key, { ...known, status: 'unknown', ...begin(known, 'unknown', seen), unconfirmed: false });
  }
  for (const instance of kept) now.set(instance.key, instance);
  const unnamed = seen.unreadable.map(({ node, id }) => instanceKey(seen.dc, node, id));
  const keptKeys = [...unnamed, ...kept.map(({ key }) => key)];
  return detailOf(
    previous,
    seen,
    now.values(),
    seen,
    observeProxies(previous?.proxies, seen.dc, seen.instances, keptKeys),
  );
}

/** `previous` with these instances as they are to be shown. */
export function keepInstances(
  previous: ServiceDetail | undefined,
  named: { readonly dc: string; readonly name: string },
  kept: readonly Instance[],
  sighting: Sighting,
): ServiceDetail {
  const instances = new Map(previous?.instances.map((instance) => [instance.key, instance]));
  for (const instance of kept) instances.set(instance.key, instance);
  return detailOf(previous, named, instances.values(), sighting, previous?.proxies);
}

/** `previous` without the instances of these keys; undefined where none is left. */
export function dropInstances(
  previous: ServiceDetail,
  named: { readonly dc: string; readonly name: string },
  keys: ReadonlySet<string>,
  sighting: Sighting,
): ServiceDetail | undefined {
  const left = previous.instances.filter((instance) => !keys.has(instance.key));
  return left.length === 0 ? undefined : detailOf(previous, named, left, sighting, previous.proxies);
}

/** `previous` with these newer states of checks of one node. A check that an instance does not have yet is left to the service's own answer. */
export function withNodeChecks(
  previous: ServiceDetail,
  named: { readonly dc: string; readonly name: string },
  node: string,
  checks: readonly ObservedCheck[],
  sighting: Sighting,
): ServiceDetail {
  const instances = previous.instances.map((instance) =>
    // Of one that is not known nothing becomes known by its node.
    instance.node === node && instance.status !== 'unknown' ? recheck(instance, checks, sighting) : instance,
  );
  const differs = instances.some((instance, at) => instance !== previous.instances[at]);
  return differs ? detailOf(previous, named, instances, sighting, previous.proxies) : previous;
}

function recheck(instance: Instance, newer: readonly ObservedCheck[], sighting: Sighting): Instance {
  const observed = instance.checks.map(
    (check) => (check.scope === 'node' && newer.find(({ id }) => id === check.id)) || check,
  );
  const checks = observeChecks(instance.checks, observed, sighting);
  const status = statusOfChecks(checks);
  return keepIfEqual(instance, { ...instance, status, ...begin(instance, status, sighting), checks });
}

function detailOf(
  previous: ServiceDetail | undefined,
  { dc, name }: { readonly dc: string; readonly name: string },
  unsorted: Iterable<Instance>,
  sighting: Sighting,
  seenProxies: Proxies | undefined,
): ServiceDetail {
  const instances = [...unsorted].sort((a, b) => compareText(a.key, b.key));
  const summary = summarize(serviceKey(dc, name), name, instances);
  // No answer tells what flaps: whoever looks for it does.
  const flapping = previous?.service.flapping ?? null;
  const service = { ...summary, flapping, ...begin(previous?.service, summary.status, sighting) };
  const proxies = seenProxies && remainingProxies(seenProxies, new Set(instances.map(({ key }) => key)));
  return { service: keepIfEqual(previous?.service, service), instances, ...(proxies && { proxies }) };
}

/** An instance that answers name no longer and that awaits proof that it is gone: as it was last seen, but unknown. */
export function asUnconfirmed(lastSeen: Instance, sighting: Sighting): Instance {
  if (lastSeen.unconfirmed) return lastSeen;
  return { ...lastSeen, status: 'unknown', ...begin(lastSeen, 'unknown', sighting), unconfirmed: true };
}

function observeInstance(
  before: ReadonlyMap<string, Instance>,
  seen: ServiceObservation,
  observed: ObservedInstance,
): Instance {
  const key = instanceKey(seen.dc, observed.node, observed.id);
  const known = before.get(key);
  const status = statusOfChecks(observed.checks);
  const { since, sinceAtLeast } = begin(known, status, seen);
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
    since,
    sinceAtLeast,
    checks: observeChecks(known?.checks ?? [], observed.checks, seen),
    unconfirmed: false,
  });
}
