import type { TopologySettings } from '@/server/config/topology-settings';
import { ChainSource } from './chain-source';
import { documentSource } from './document-source';
import { type GatewaySource, gatewaySource } from './gateway-source';
import type { Place } from './place';
import { type QuerySource, querySource } from './query-source';
import type { RepeatedRead } from './repeated-read';
import { roundTripSource } from './round-trip-source';

export interface DatacenterSourcesOptions extends Place {
  readonly settings: Pick<TopologySettings, 'documentKey'>;
  /** Where prepared queries lead to may have changed. */
  readonly onQueries: () => void;
}

/** All that is asked of one datacenter for the topology. No question waits at Consul. */
export class DatacenterSources {
  readonly chains: ChainSource;
  readonly gateways: GatewaySource;
  readonly queries: QuerySource;
  readonly #document: RepeatedRead;
  readonly #roundTrips: RepeatedRead;
  /** Other datacenters, the nearest first. */
  #near: readonly string[] = [];

  constructor(options: DatacenterSourcesOptions) {
    const { settings, onQueries, ...place } = options;
    this.chains = new ChainSource(place);
    this.gateways = gatewaySource(place);
    this.#document = documentSource(place, settings.documentKey);
    this.#roundTrips = roundTripSource(place, (roundTripMs) => {
      const near = Object.keys(roundTripMs).sort((a, b) => (roundTripMs[a] ?? 0) - (roundTripMs[b] ?? 0));
      if (near.join('\n') === this.#near.join('\n')) return;
      this.#near = near;
      this.queries.soon();
    });
    this.queries = querySource(place, () => this.#near, onQueries);
  }

  stop(): void {
    for (const source of [this.chains, this.gateways, this.queries, this.#document, this.#roundTrips]) source.stop();
  }
}
