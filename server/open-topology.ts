import { parsePair } from '@/lib/fleet/keys';
import type { DatacenterRecord } from '@/lib/fleet/model';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import type { ChangeEvent } from '@/lib/stream/protocol';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { TopologyBook } from '@/lib/topology/topology-book';
import type { Settings } from './config/settings';
import type { Clock } from './consul/clock';
import type { ConfigurationListener } from './fleet/configuration/configuration-watch';
import type { Federations } from './fleet/configuration/federations';
import type { FleetObserver } from './fleet/fleet-observer';
import type { OpenAddress } from './open-address';
import { SeenServices } from './topology/seen-services';
import { TopologySources } from './topology/sources/topology-sources';
import { TopologyFeed, type TopologyPublisher } from './topology/topology-feed';

export interface OpenTopologyOptions {
  readonly addresses: readonly OpenAddress[];
  readonly federations: Federations;
  readonly fleet: {
    datacenterRecord(name: string): DatacenterRecord | undefined;
    serviceDetail(dc: string, name: string): ServiceDetail | undefined;
  };
  readonly publisher: TopologyPublisher;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface OpenTopology {
  body(): TopologyBody;
  /** Somebody is about to be given the body: what changed up to now goes out first. */
  opening(): void;
  /** To be told what the fleet sees. */
  readonly observer: FleetObserver;
  /** To be told what the fleet publishes: that something flaps is seen by nobody else. */
  published(event: ChangeEvent): void;
  /** To be told what is configured. */
  readonly configured: ConfigurationListener;
  start(): void;
  close(): void;
}

/** Puts together what knows who depends on whom. What is seen before `start` is taken in; nothing is asked and nothing goes out until then. */
export function openTopology(settings: Settings, options: OpenTopologyOptions): OpenTopology {
  const { addresses, federations, fleet, publisher, clock, random } = options;
  const book = new TopologyBook();
  const services = new SeenServices((told) => {
    book.service(told);
    feed.touch();
  });
  const sources: TopologySources = new TopologySources({
    ...{ settings: settings.file.topology, versionMetaKeys: settings.file.version.metaKeys },
    ...{ told: book, onChange: () => feed.touch(), places: federations, clock, random },
    transportOf: (dc) => addressOf(addresses, dc).transportOf(dc),
  });
  const feed: TopologyFeed = new TopologyFeed({
    ...{ book, publisher, clock, after: () => {} },
    before: () => book.sources(sources.states()),
  });

  function body(): TopologyBody {
    const all = feed.body();
    // What is published tells no age of a datacenter: it moves all the time.
    const datacenters = all.datacenters.map((datacenter) => {
      const freshness = fleet.datacenterRecord(datacenter.name)?.freshness;
      return freshness ? { ...datacenter, freshness } : datacenter;
    });
    return { ...all, datacenters };
  }

  return {
    body,
    opening: () => feed.flush(),
    observer: {
      onService: (step) => {
        services.see(step.dc, step.name, step.next);
        sources.onService(step);
      },
      onNode: () => {},
      onDatacenter: (name, previous, next) => {
        book.datacenter(name, next?.freshness ?? null);
        sources.onDatacenter(name, previous, next);
        feed.touch();
      },
    },
    published: ({ topic, changes }) => {
      if (topic !== 'fleet') return;
      for (const { key } of changes) {
        const pair = parsePair(key);
        if (pair) services.see(pair.dc, pair.name, fleet.serviceDetail(pair.dc, pair.name));
      }
    },
    configured: {
      baseline: (dc, facts) => sources.baseline(dc, facts),
      changed: (change) => sources.changed(change),
      complete: (dc, scope) => sources.complete(dc, scope),
    },
    start: () => {
      sources.start();
      feed.start();
    },
    close: () => {
      sources.stop();
      feed.stop();
    },
  };
}

function addressOf(addresses: readonly OpenAddress[], dc: string): OpenAddress {
  const address = addresses.find(({ datacenters }) => datacenters === null || datacenters.includes(dc));
  if (!address) throw new Error(`No address of Consul is known by which ${dc} is read.`);
  return address;
}
