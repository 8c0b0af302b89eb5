import { type ConsulEdition, isAtLeast } from './consul-edition';
import { excerpt } from './excerpt';
import type { Tenancy } from './tenancy-query';

/** Why this Consul cannot be asked for the tenancy, as a sentence; null where it can. */
export function tenancyRefusal(tenancy: Tenancy, edition: ConsulEdition, address: string): string | null {
  const { namespace, partition } = tenancy;
  const consul = `Consul${edition.version === null ? '' : ` ${excerpt(edition.version)}`} at ${address}`;
  if (!edition.enterprise) {
    const names = [
      ...(namespace === null ? [] : ['CONSUL_NAMESPACE']),
      ...(partition === null ? [] : ['CONSUL_PARTITION']),
    ];
    return `${names.join(' and ')} cannot be asked for: ${consul} is no Enterprise edition, and would show everything or nothing; unset the variable, or give the address of an Enterprise agent.`;
  }
  if (partition === null) return null;
  if (edition.version === null) {
    return `Whether ${consul} knows the partition of CONSUL_PARTITION cannot be told, and an older one would show the whole datacenter: grant the token agent_prefix "" { policy = "read" }, so that the version can be read.`;
  }
  if (isAtLeast(edition.version, 1, 11)) return null;
  return `CONSUL_PARTITION cannot be asked for: ${consul} knows no partitions, which came with 1.11, and would show the whole datacenter; unset the variable, or upgrade Consul.`;
}
