import { isSameValue } from '@/lib/alerts/same-value';
import { datacenterKey } from '@/lib/fleet/keys';
import type { Freshness, ServiceRecord } from '@/lib/fleet/model';
import type { Change } from '@/lib/stream/protocol';
import { SOURCES_CHANGE_KEY, SWITCHES_CHANGE_KEY } from '@/lib/stream/topology-changes';
import type { SourceTold } from './edge-evidence';
import type {
  FailoverSwitch,
  TopologyBody,
  TopologyDatacenter,
  TopologyEdge,
  TopologyNode,
  TopologySource,
} from './topology-body';
import { TopologyFold } from './topology-fold';

/** A service as the fleet has it; without a record: Consul lists it no longer. */
export interface ServiceTold {
  readonly key: string;
  readonly dc: string;
  readonly name: string;
  readonly record: ServiceRecord | null;
  /** Metadata that all its instances agree on. */
  readonly meta: Readonly<Record<string, string>>;
}

/** The body without its stamp. */
export type TopologyParts = Pick<TopologyBody, 'datacenters' | 'nodes' | 'edges' | 'sources' | 'switches'>;

const MOST_SWITCHES = 50;

/**
 * Who depends on whom, folded out of what sources and the fleet say. Pure and incremental: what is told is filed at once, what it touches is worked out when
 * somebody asks, and every record that stayed the same stays the same object.
 */
export class TopologyBook {
  readonly #fold = new TopologyFold();
  readonly #datacenters = new Map<string, TopologyDatacenter>();
  #sources: readonly TopologySource[] = [];
  #switches: readonly FailoverSwitch[] = [];
  /** What was there before, of what changed since changes were asked for. */
  readonly #before = new Map<string, Value>();
  #parts: TopologyParts | null = null;

  /** All that a source says now, in the place of what it said before. */
  tell(source: SourceTold, nowMs: number): void {
    this.#fold.tell(source, nowMs);
  }

  /** It is no source any more. */
  untell(id: string): void {
    this.#fold.untell(id);
  }

  /** A source does not answer, or does again; what it said stays. */
  setOld(id: string, isOld: boolean): void {
    this.#fold.setOld(id, isOld);
  }

  service(told: ServiceTold): void {
    this.#fold.service(told);
  }

  /** @param freshness null: the datacenter is gone, of which its services are to be told apart */
  datacenter(name: string, freshness: Freshness | null): void {
    const before = this.#datacenters.get(name);
    const after = freshness && { name, freshness, roundTripMs: before?.roundTripMs ?? {} };
    this.#placeDatacenter(name, after);
  }

  /** Median round trips from a datacenter to others, ms. Nothing where the datacenter is not known. */
  roundTrips(name: string, roundTripMs: Readonly<Record<string, number>>): void {
    const before = this.#datacenters.get(name);
    if (before) this.#placeDatacenter(name, { ...before, roundTripMs: { ...roundTripMs } });
  }

  sources(sources: readonly TopologySource[]): void {
    if (isSameValue(this.#sources, sources)) return;
    this.#remember(SOURCES_CHANGE_KEY, this.#sources);
    this.#sources = sources;
    this.#parts = null;
  }

  /** @param switches the newest first */
  switches(switches: readonly FailoverSwitch[]): void {
    const newest = switches.slice(0, MOST_SWITCHES);
    if (isSameValue(this.#switches, newest)) return;
    this.#remember(SWITCHES_CHANGE_KEY, this.#switches);
    this.#switches = newest;
    this.#parts = null;
  }

  /** What changed since this was asked last, in the keys of the topic `topology`. */
  changes(): Change[] {
    this.#settle();
    const changes = [...this.#before].flatMap(([key, before]): Change[] => {
      const value = this.#value(key);
      if (value === before || isSameValue(value, before)) return [];
      const from = before !== null && 'status' in before ? before.status : null;
      return [{ key, op: value === null ? 'remove' : 'put', value, from, merged: false }];
    });
    this.#before.clear();
    return changes;
  }

  parts(): TopologyParts {
    this.#settle();
    this.#parts ??= {
      datacenters: [...this.#datacenters.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      ...this.#fold.sorted(),
      sources: [...this.#sources],
      switches: [...this.#switches],
    };
    return this.#parts;
  }

  node(key: string): TopologyNode | null {
    this.#settle();
    return this.#fold.node(key);
  }

  edge(key: string): TopologyEdge | null {
    this.#settle();
    return this.#fold.edge(key);
  }

  /** Edges that come into a node, in no order. */
  edgesTo(key: string): TopologyEdge[] {
    this.#settle();
    return this.#fold.edgesTo(key);
  }

  /** Edges that go out of a node, in no order. */
  edgesFrom(key: string): TopologyEdge[] {
    this.#settle();
    return this.#fold.edgesFrom(key);
  }

  /** Keys of services that are sidecars of others, and so no nodes. */
  sidecars(): ReadonlySet<string> {
    return this.#fold.sidecars();
  }

  #placeDatacenter(name: string, after: TopologyDatacenter | null): void {
    const before = this.#datacenters.get(name) ?? null;
    if (after) this.#datacenters.set(name, after);
    else this.#datacenters.delete(name);
    this.#parts = null;
    // An age moves with every answer: it is no change of the picture.
    if (!isSameValue(ageless(before), ageless(after))) this.#remember(datacenterKey(name), before);
  }

  #settle(): void {
    for (const [key, before] of this.#fold.settle()) {
      this.#remember(key, before);
      this.#parts = null;
    }
  }

  #remember(key: string, before: Value): void {
    if (!this.#before.has(key)) this.#before.set(key, before);
  }

  #value(key: string): Value {
    if (key === SOURCES_CHANGE_KEY) return this.#sources;
    if (key === SWITCHES_CHANGE_KEY) return this.#switches;
    if (key.includes('>')) return this.#fold.edge(key);
    if (key.includes('/')) return this.#fold.node(key);
    return this.#datacenters.get(decodeURIComponent(key)) ?? null;
  }
}

type Value =
  | TopologyNode
  | TopologyEdge
  | TopologyDatacenter
  | readonly TopologySource[]
  | readonly FailoverSwitch[]
  | null;

const ageless = (datacenter: TopologyDatacenter | null) =>
  datacenter && { ...datacenter, freshness: { ...datacenter.freshness, lastContactMs: null } };
