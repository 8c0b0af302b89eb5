import type { Instance } from '@/lib/fleet/model';
import type { Sighting } from '@/lib/fleet/observation';
import { asUnconfirmed, type ServiceDetail } from '@/lib/fleet/observe-service';

/** An instance that answers no longer name, as it was last seen. */
export interface LostInstance {
  readonly service: string;
  readonly instance: Instance;
}

/** The instances of a service that are not among `named` and were not `held` before; all by key. */
export function lostInstances(
  service: string,
  detail: ServiceDetail | undefined,
  named: ReadonlySet<string>,
  held: ReadonlyMap<string, unknown>,
): Map<string, LostInstance> {
  const lost = detail?.instances.filter(({ key }) => !named.has(key) && !held.has(key)) ?? [];
  return new Map(lost.map((instance) => [instance.key, { service, instance }]));
}

/** By the name of their service. */
export function byService(lost: Iterable<LostInstance>): Map<string, Instance[]> {
  const services = new Map<string, Instance[]>();
  for (const { service, instance } of lost) {
    const own = services.get(service);
    if (own) own.push(instance);
    else services.set(service, [instance]);
  }
  return services;
}

/** What the present answer leaves out and is not taken for gone (`held`): as it was shown, or as unknown where it awaits proof from now on (`fresh`). */
export function keptInstances(
  held: ReadonlyMap<string, unknown>,
  detail: ServiceDetail | undefined,
  fresh: readonly Instance[],
  sighting: Sighting,
): Instance[] {
  const kept = new Map(detail?.instances.filter(({ key }) => held.has(key)).map((one) => [one.key, one]));
  for (const instance of fresh) kept.set(instance.key, asUnconfirmed(instance, sighting));
  return [...kept.values()];
}
