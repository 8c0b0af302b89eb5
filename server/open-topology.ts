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
import { PastEdges } from './history/queries/past-edges';
import type { RecordReader } from './history/record-store';
import type { Recorder } from './history/recorder/recorder';
import type { OpenAddress } from './open-address';
import { openObservedTraffic } from './open-observed-traffic';
import { openTopologyRecord } from './open-topology-record';
import { openTopologySources } from './open-topology-sources';
import { SeenServices } from './topology/seen-services';
import { TopologyFeed, type TopologyPublisher } from './topology/topology-feed';

export interface OpenTopologyOptions {
  readonly addresses: readonly OpenAddress[];
  readonly federations: Federations;
  readonly fleet: {
    datacenters(): readonly string[];
    datacenterRecord(name: string): DatacenterRecord | undefined;
    serviceDetail(dc: string, name: string): ServiceDetail | undefined;
  };
  readonly publisher: TopologyPublisher;
  readonly recorder: Pick<Recorder, 'status' | 'recordEdge' | 'recordFailover'>;
  readonly reader: RecordReader;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface OpenTopology {
  body(): TopologyBody;
  /** Of the record. */
  readonly past: PastEdges;
  /** Keys of services that are sidecars of others. */
  sidecars(): ReadonlySet<string>;
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
  const { addresses, federations, fleet, publisher, recorder, reader, clock, random } = options;
  const book = new TopologyBook();
  const services = new SeenServices((told) => {
    book.service(told);
    feed.touch();
  });
  const onChange = () => feed.touch();
  const sources = openTopologySources(settings, {
    ...{ addresses, told: book, onChange, places: federations, clock, random },
  });
  const observed = openObservedTraffic(settings, {
    ...{ told: book, onChange, clock },
    places: {
      datacenters: () => fleet.datacenters(),
      placesOf: (name) => services.placesOf(name, fleet.datacenters()),
    },
  });
  const feed: TopologyFeed = new TopologyFeed({
    ...{ book, publisher, clock },
    after: (changes) => record.look(changes),
    before: () => book.sources([...sources.states(), ...observed.states()]),
  });

  const record = openTopologyRecord(settings, {
    ...{ book, recorder, reader, clock, onSwitches: onChange },
    isSettled: () => sources.states().every(({ state }) => state !== 'starting'),
    isLive: (dc) => fleet.datacenterRecord(dc)?.freshness.state === 'live',
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
    past: new PastEdges(reader, () => Date.parse(clock.iso(clock.now()))),
    sidecars: () => book.sidecars(),
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
      observed.start();
      feed.start();
      record.start();
    },
    close: () => {
      sources.stop();
      observed.stop();
      record.stop();
      feed.stop();
    },
  };
}
