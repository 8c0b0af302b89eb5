import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import type { DatacenterRecord } from '@/lib/fleet/model';
import type { TopologySource } from '@/lib/topology/topology-body';
import type { TopologySettings } from '@/server/config/topology-settings';
import type { Clock, Timer } from '@/server/consul/clock';
import type { ConsulTransport } from '@/server/consul/transport';
import { ConfiguredSource, isChained, type WrittenPlaces } from './configured-source';
import { DatacenterSources } from './datacenter-sources';
import type { FleetStep } from './fleet-step';
import { ListenedStates } from './listened-states';
import { MetadataSource } from './metadata-source';
import { Restamped } from './restamped';
import { SidecarSource } from './sidecar-source';
import { SourceStates } from './source-states';
import type { TopologyTold } from './told';

export interface TopologySourcesOptions {
  readonly settings: Omit<TopologySettings, 'observed'>;
  /** Keys of metadata that hold a version. */
  readonly versionMetaKeys: readonly string[];
  readonly told: TopologyTold;
  /** Something was told, or a source stands otherwise; often many in a row. */
  readonly onChange: () => void;
  /** With the token that reads. */
  readonly transportOf: (dc: string) => ConsulTransport;
  readonly places: WrittenPlaces;
  readonly clock: Clock;
  readonly random: () => number;
}

const TICK_MS = 5_000;

/**
 * Everything but counted traffic that says who depends on whom. What the fleet and the configuration bring anyway is taken from there, from the beginning; the
 * rest is asked for from `start` on.
 */
export class TopologySources {
  readonly #options: TopologySourcesOptions;
  readonly #states: SourceStates;
  readonly #listened: ListenedStates;
  readonly #restamped: Restamped;
  readonly #sidecars: SidecarSource;
  readonly #metadata: MetadataSource;
  readonly #configured: ConfiguredSource;
  readonly #places = new Map<string, DatacenterSources>();
  readonly #records = new Map<string, DatacenterRecord>();
  #timer: Timer | undefined;
  #isStarted = false;
  #isEnding = false;

  constructor(options: TopologySourcesOptions) {
    const { settings, clock, versionMetaKeys, places } = options;
    const told: TopologyTold = {
      tell: (source, nowMs) => {
        options.told.tell(source, nowMs);
        options.onChange();
      },
      untell: (id) => {
        // That nobody asks any more says nothing of what was said: it would be taken for gone, and recorded so.
        if (this.#isEnding) return;
        options.told.untell(id);
        options.onChange();
      },
      roundTrips: (dc, roundTripMs) => {
        options.told.roundTrips(dc, roundTripMs);
        options.onChange();
      },
    };
    this.#options = { ...options, told };
    this.#states = new SourceStates(clock, options.onChange);
    const isLive = (dc: string) => this.#records.get(dc)?.freshness.state === 'live';
    this.#restamped = new Restamped(told, isLive);
    const listened = { clock, told: this.#restamped };
    this.#sidecars = new SidecarSource({
      ...listened,
      serviceOfQuery: (dc, query) => this.#places.get(dc)?.queries.serviceOf(query) ?? null,
      onGateways: (dc) => this.#places.get(dc)?.gateways.gateways(this.#sidecars.gatewaysOf(dc)),
    });
    this.#metadata = new MetadataSource({ ...settings, ...listened });
    this.#configured = new ConfiguredSource({
      ...{ ...listened, places, versionMetaKeys },
      onEntry: (datacenters, kind, name) => this.#onEntry(datacenters, kind, name),
    });
    this.#listened = new ListenedStates(this.#states, clock);
  }

  onService(step: FleetStep): void {
    this.#sidecars.onService(step);
    this.#metadata.onService(step);
  }

  onDatacenter(name: string, _previous: DatacenterRecord | undefined, next: DatacenterRecord | undefined): void {
    if (next) {
      this.#records.set(name, next);
      if (this.#isStarted && !this.#isEnding) this.#open(name);
      this.#judge(name, next);
      return;
    }
    this.#records.delete(name);
    this.#places.get(name)?.stop();
    this.#places.delete(name);
    this.#configured.forget(name);
    this.#states.forget(name);
  }

  baseline(dc: string, facts: readonly ConfigurationFact[]): void {
    this.#configured.baseline(dc, facts);
  }

  changed(change: ConfigurationChange): void {
    this.#configured.changed(change);
  }

  /** All of something was seen in a datacenter, with the right to see it. */
  complete(dc: string, { subject }: { readonly subject: ConfigurationFact['subject'] }): void {
    this.#listened.complete(dc, subject);
    this.#judgeAll();
  }

  /** How well each source is known, sorted by name. */
  states(): TopologySource[] {
    return this.#states.list();
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (const name of this.#records.keys()) this.#open(name);
    this.#tick();
  }

  /** For good: what was said stays. */
  stop(): void {
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isEnding = true;
    for (const place of this.#places.values()) place.stop();
    this.#places.clear();
  }

  #tick(): void {
    this.#configured.tick();
    this.#restamped.tick(this.#options.clock.now());
    for (const [dc, place] of this.#places) place.chains.services(this.#configured.chained(dc));
    this.#judgeAll();
    this.#timer = this.#options.clock.setTimeout(() => this.#tick(), TICK_MS);
  }

  #open(dc: string): void {
    if (this.#places.has(dc)) return;
    const { settings, told, transportOf, clock, random } = this.#options;
    const place = new DatacenterSources({
      ...{ dc, transport: transportOf(dc), clock, random, told, settings, states: this.#states },
      onQueries: () => this.#sidecars.onQueries(dc),
    });
    this.#places.set(dc, place);
    place.gateways.gateways(this.#sidecars.gatewaysOf(dc));
    place.chains.services(this.#configured.chained(dc));
  }

  #onEntry(datacenters: readonly string[], kind: string, name: string): void {
    for (const dc of datacenters) {
      const place = this.#places.get(dc);
      if (!place) continue;
      if (kind.endsWith('-gateway')) place.gateways.soon();
      if (!isChained(kind)) continue;
      place.chains.services(this.#configured.chained(dc));
      place.chains.touch(kind === 'proxy-defaults' ? null : name);
    }
  }

  #judgeAll(): void {
    for (const [name, record] of this.#records) this.#judge(name, record);
  }

  #judge(dc: string, record: DatacenterRecord): void {
    this.#listened.judge(dc, record, {
      isWritten: this.#options.places.isWrittenIn(dc),
      leftOut: this.#sidecars.leftOut(dc),
    });
  }
}
