import type { Clock } from '@/server/consul/clock';
import type { ConsulTransport } from '@/server/consul/transport';
import type { ConfigurationWatchOptions } from './configuration/configuration-watch';
import type { ConsulContact } from './consul-contact';
import type { FleetStore } from './fleet-store';
import type { RefusedAnswers } from './refused-answers';

export interface FleetWatcherOptions {
  /** Of one address; for what belongs to no datacenter, and what its plan must fit into. */
  readonly transport: ConsulTransport;
  /** The same connections as this datacenter uses them. */
  readonly transportOf: (datacenter: string) => ConsulTransport;
  /** What is watched, whatever Consul names; null: every datacenter that it names. */
  readonly datacenters: readonly string[] | null;
  /** Told whether the address answers. */
  readonly consul: ConsulContact;
  /** Told every failure. */
  readonly refused: RefusedAnswers;
  readonly store: FleetStore;
  readonly clock: Clock;
  readonly random: () => number;
  /** All tokens as of now; only whether they changed is looked at. */
  readonly tokens: () => string;
  /** Whether a token goes out with this datacenter's requests. */
  readonly hasToken: (datacenter: string) => boolean;
  readonly versionMetaKeys: readonly string[];
  /** Keys of services that are worth a watch of their own: each list goes before the next, and in a list who stands first. */
  readonly hotServices: () => readonly (readonly string[])[];
  readonly configuration: Pick<ConfigurationWatchOptions, 'kvPrefixes' | 'federations' | 'listener'>;
  /** Waiting queries that others hold at this address: they count in its budget. */
  readonly otherWaits: () => number;
  readonly log: { warn(details: object, message: string): void };
}
