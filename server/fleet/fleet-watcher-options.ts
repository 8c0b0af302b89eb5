import type { Clock } from '@/server/consul/clock';
import type { ConsulTransport } from '@/server/consul/transport';
import type { ConsulContact } from './consul-contact';
import type { FleetStore } from './fleet-store';
import type { RefusedAnswers } from './refused-answers';

export interface FleetWatcherOptions {
  readonly transport: ConsulTransport;
  /** Told whether the address answers. */
  readonly consul: ConsulContact;
  /** Told every failure. */
  readonly refused: RefusedAnswers;
  readonly store: FleetStore;
  readonly clock: Clock;
  readonly random: () => number;
  /** The token as of now; only whether it changed is looked at. */
  readonly token: () => string | null;
  readonly versionMetaKeys: readonly string[];
  /** Service keys that someone looks at now. */
  readonly followedServices: () => readonly string[];
  readonly log: { warn(details: object, message: string): void };
}
