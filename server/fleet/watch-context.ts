import type { Clock } from '@/server/consul/clock';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';
import type { FleetStore } from './fleet-store';

/** What everyone who watches one datacenter shares. */
export interface WatchContext {
  readonly dc: string;
  readonly transport: ConsulTransport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly store: FleetStore;
  readonly versionMetaKeys: readonly string[];
  /** How long a waiting query stands at Consul, by the plan; the watch's own default where there is none. */
  readonly waitMs?: () => number;
  /** A wait for a service failed after it had stood for so long. */
  waitFailed?(stoodMs: number): void;
  /** An answer that the datacenter gave: a proof of life. */
  contacted(answer: ConsulAnswer): void;
  /** A list of all services or nodes came, and whether Consul said that it left some out for lack of rights. */
  listed(what: 'services' | 'nodes', filteredByAcls: boolean): void;
  /** A failed attempt, as a sentence. */
  failed(error: Error): void;
  /** An answer that was of no use, which is counted. */
  refusedAnswer(error: Error): void;
  /** Records that could not be read in the last answer about `subject`; an empty list takes earlier ones back. */
  unreadable(subject: string, sentences: readonly string[]): void;
}
