import type { ConsulTransport } from '@/server/consul/transport';

/** Consul as releases use it: with the token that writes. */
export interface ReleaseConsul {
  /** Of one datacenter, with Lictor's write token and tenancy. A request names its datacenter by `?dc=`. */
  transportOf(dc: string): ConsulTransport;
  /** Where its configuration entries are written: the primary of its federation, itself where nothing is federated; null: not known yet. */
  primaryOf(dc: string): string | null;
  /** The datacenters that copy the entries of this primary, itself included; in a fixed order. */
  copiesOf(primary: string): readonly string[];
  /** What only those know who write with this token: plans are signed with it. Null or absent: there is none, and whoever reaches Consul may write as Lictor does. */
  signingSecret?(): string | null;
  /** Where Lictor's own keys are; null: not known yet. */
  home(): string | null;
}
