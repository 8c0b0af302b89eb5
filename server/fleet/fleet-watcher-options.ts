import type { Clock } from '@/server/consul/clock';
import type { ConsulTransport } from '@/server/consul/transport';
import type { FleetStore } from './fleet-store';

export interface FleetWatcherOptions {
  readonly transport: ConsulTransport;
  /** For people to read; without user information. */
  readonly address: string;
  readonly maxConnections: number;
  readonly store: FleetStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly versionMetaKeys: readonly string[];
  /** Service keys that someone looks at now. */
  readonly followedServices: () => readonly string[];
  readonly log: { warn(details: object, message: string): void };
}
