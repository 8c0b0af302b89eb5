import type { Instance } from '@/lib/fleet/model';
import type { ServiceDetail } from '@/lib/fleet/observe-service';

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
