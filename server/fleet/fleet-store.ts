import { dequal } from 'dequal/lite';
import { diffService, recordChange } from '@/lib/fleet/diff';
import { datacenterKey, parsePair, serviceKey } from '@/lib/fleet/keys';
import type { ConsulReach, DatacenterRecord, FleetBody, NodeBody, NodesBody, ServiceBody } from '@/lib/fleet/model';
import type { ObservedNode, Sighting } from '@/lib/fleet/observation';
import { compareText } from '@/lib/fleet/observe-checks';
import { observeNode } from '@/lib/fleet/observe-node';
import { observeService, type ServiceDetail, type ServiceObservation } from '@/lib/fleet/observe-service';
import { foldChange } from '@/lib/stream/fold';
import type { Change, Topic } from '@/lib/stream/protocol';
import { serviceTopic } from '@/lib/stream/topics';
import { type DatacenterState, emptyDatacenter, moveResidents } from './datacenter-state';
import { nodeBody } from './node-body';
import type { Publisher } from './publisher';

/** Where an observation stands in Consul's own order. */
export interface Provenance {
  readonly index: number | null;
  /** The answer may stand for more transitions than it shows. */
  readonly merged: boolean;
}

/**
 * The one truth of this process: takes observations in, works out what changed, publishes it, and answers with the bodies of
 * the public API. Everything is synchronous, so no reader ever sees half of a change.
 */
export class FleetStore {
  readonly #datacenters = new Map<string, DatacenterState>();
  #fleet: FleetBody;
  #nodes: NodesBody;

  constructor(
    private readonly publisher: Publisher,
    private readonly nowIso: () => string,
    private readonly consulReach: () => ConsulReach,
  ) {
    const stamp = { epoch: publisher.epoch, seq: publisher.seq, at: nowIso() };
    this.#fleet = { ...stamp, datacenters: [], consul: consulReach() };
    this.#nodes = { ...stamp, datacenters: [] };
  }

  /**
   * Puts the datacenter's record; its services and nodes stay. Published only where a reader would call it another one: an age that
   * grows is carried by heartbeats, and stands in every body that is read.
   */
  seeDatacenter(record: DatacenterRecord): void {
    const known = this.#datacenters.get(record.name);
    if (known) {
      const before = known.record;
      known.record = record;
      if (readsAlike(before, record)) return;
    } else {
      this.#datacenters.set(record.name, emptyDatacenter(record));
    }
    this.#publishDatacenter(record.name, record);
  }

  /** Consul no longer names this datacenter. */
  forgetDatacenter(name: string): void {
    const state = this.#datacenters.get(name);
    if (!state) return;
    for (const service of [...state.services.keys()]) {
      this.forgetService(name, service, { at: this.nowIso(), afterGap: false }, { index: null, merged: false });
    }
    this.#datacenters.delete(name);
    this.#publishDatacenter(name, null);
  }

  seeService(seen: ServiceObservation, provenance: Provenance): void {
    const state = this.#datacenters.get(seen.dc);
    if (!state) return;
    const previous = state.services.get(seen.name);
    this.#replaceService(state, seen.name, previous, observeService(previous, seen), seen, provenance);
  }

  /** The service has left the catalog. */
  forgetService(dc: string, name: string, sighting: Sighting, provenance: Provenance): void {
    const state = this.#datacenters.get(dc);
    const previous = state?.services.get(name);
    if (state && previous) this.#replaceService(state, name, previous, undefined, sighting, provenance);
  }

  /** All nodes of the datacenter with their own checks: a node that is not among them has left. */
  seeNodes(dc: string, nodes: readonly ObservedNode[], sighting: Sighting, provenance: Provenance): void {
    const state = this.#datacenters.get(dc);
    if (!state) return;
    const names = new Set([...state.observedNodes.keys(), ...nodes.map((node) => node.name)]);
    state.observedNodes.clear();
    for (const node of nodes) state.observedNodes.set(node.name, node);
    this.#refreshNodes(state, names, sighting, provenance);
  }

  services(dc: string): readonly string[] {
    return [...(this.#datacenters.get(dc)?.services.keys() ?? [])];
  }

  knowsService(dc: string, name: string): boolean {
    return this.#datacenters.get(dc)?.services.has(name) ?? false;
  }

  /** Names of the services with an instance on this node. */
  servicesOn(dc: string, node: string): readonly string[] {
    return [...(this.#datacenters.get(dc)?.residents.get(node) ?? [])];
  }

  fleetBody(): FleetBody {
    return { ...this.#current(this.#fleet), consul: this.consulReach() };
  }

  nodesBody(): NodesBody {
    return this.#current(this.#nodes);
  }

  /** Body of `/api/v1/services/:dc/:name`; undefined where there is no such service now. */
  serviceBody(key: string): ServiceBody | undefined {
    const pair = parsePair(key);
    const detail = pair && this.#datacenters.get(pair.dc)?.services.get(pair.name);
    return detail ? { ...this.#stamp(), service: detail.service, instances: [...detail.instances] } : undefined;
  }

  /** Body of `/api/v1/nodes/:dc/:name`; undefined where there is no such node now. */
  nodeBody(dc: string, name: string): NodeBody | undefined {
    const state = this.#datacenters.get(dc);
    return state ? nodeBody(state, name, this.#stamp()) : undefined;
  }

  /** A folded body as of now: its place in the stream, and the age of what each datacenter last said. */
  #current<Body extends { datacenters: DatacenterRecord[] }>(body: Body): Body {
    const datacenters = body.datacenters.map((dc) => ({ ...dc, ...this.#datacenters.get(dc.name)?.record }));
    return { ...body, ...this.#stamp(), datacenters };
  }

  #stamp(): { epoch: number; seq: number; at: string } {
    return { epoch: this.publisher.epoch, seq: this.publisher.seq, at: this.nowIso() };
  }

  #replaceService(
    state: DatacenterState,
    name: string,
    previous: ServiceDetail | undefined,
    next: ServiceDetail | undefined,
    sighting: Sighting,
    provenance: Provenance,
  ): void {
    if (next) state.services.set(name, next);
    else state.services.delete(name);
    const topic = serviceTopic(serviceKey(state.record.name, name));
    this.#publish(topic, sighting, provenance, diffService(previous, next, provenance.merged));
    const record = recordChange(previous?.service, next?.service, provenance.merged);
    this.#publish('fleet', sighting, provenance, record ? [record] : []);
    const moved = moveResidents(state.residents, name, nodesOf(previous), nodesOf(next));
    this.#refreshNodes(state, moved, sighting, provenance);
  }

  #refreshNodes(state: DatacenterState, names: Iterable<string>, sighting: Sighting, provenance: Provenance): void {
    const changes: Change[] = [];
    for (const name of names) {
      const previous = state.nodes.get(name);
      const observed = state.observedNodes.get(name);
      const services = [...(state.residents.get(name) ?? [])].sort(compareText);
      const next = observed && observeNode(previous, state.record.name, observed, services, sighting);
      if (next) state.nodes.set(name, next);
      else state.nodes.delete(name);
      const change = recordChange(previous?.node, next?.node, provenance.merged);
      if (change) changes.push(change);
    }
    this.#publish('nodes', sighting, provenance, changes);
  }

  #publishDatacenter(name: string, value: DatacenterRecord | null): void {
    const at = this.nowIso();
    const change: Change = { key: datacenterKey(name), op: value ? 'put' : 'remove', value, from: null, merged: false };
    for (const topic of ['fleet', 'nodes'] as const) {
      this.#publish(topic, { at, afterGap: false }, { index: null, merged: false }, [change]);
    }
  }

  #publish(topic: Topic, sighting: Sighting, provenance: Provenance, changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const event = this.publisher.publish(topic, { observedAt: sighting.at, index: provenance.index, changes });
    if (topic === 'fleet') this.#fleet = foldChange(this.#fleet, topic, event) as FleetBody;
    if (topic === 'nodes') this.#nodes = foldChange(this.#nodes, topic, event) as NodesBody;
  }
}

/** The same but for an age that has grown. */
function readsAlike(a: DatacenterRecord, b: DatacenterRecord): boolean {
  const withoutAge = (record: DatacenterRecord) => ({
    ...record,
    freshness: { ...record.freshness, lastContactMs: null },
  });
  return dequal(withoutAge(a), withoutAge(b));
}

function nodesOf(detail: ServiceDetail | undefined): Set<string> {
  return new Set(detail?.instances.map((instance) => instance.node));
}
