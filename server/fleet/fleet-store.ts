import { dequal } from 'dequal/lite';
import { diffService, recordChange } from '@/lib/fleet/diff';
import type { DisappearanceLimits } from '@/lib/fleet/disappearance';
import { instanceKey, parsePair, serviceKey } from '@/lib/fleet/keys';
import type {
  ConsulReach,
  DatacenterRecord,
  FleetBody,
  Instance,
  NodeBody,
  NodesBody,
  ServiceBody,
  ServiceRecord,
} from '@/lib/fleet/model';
import type { ObservedCheck, ObservedNode, Sighting } from '@/lib/fleet/observation';
import { type NodeDetail, observeNode } from '@/lib/fleet/observe-node';
import {
  observeService,
  type ServiceDetail,
  type ServiceObservation,
  withNodeChecks,
} from '@/lib/fleet/observe-service';
import type { Change } from '@/lib/stream/protocol';
import { serviceTopic } from '@/lib/stream/topics';
import { type DatacenterState, emptyDatacenter, moveResidents } from './datacenter-state';
import { type ChangeOrigin, FleetDoubts } from './fleet-doubts';
import type { FleetObserver } from './fleet-observer';
import { byService, keptInstances, type LostInstance, lostInstances } from './lost-instances';
import { nodeBody } from './node-body';
import { type Provenance, PublishedFleet } from './published-fleet';
import type { Publisher } from './publisher';

/** What no answer of Consul stands behind. */
const UNREAD: Provenance = { index: null, merged: false };

/**
 * The one truth of this process: takes observations in, works out what changed, publishes it, and answers with the bodies of
 * the public API. Everything is synchronous, so no reader ever sees half of a change.
 */
export class FleetStore {
  readonly #datacenters = new Map<string, DatacenterState>();
  /** What is shown as unknown because answers name it no longer. */
  readonly doubts = new FleetDoubts({
    state: (dc) => this.#datacenters.get(dc),
    replaceService: (state, name, next, { sighting, provenance }) =>
      this.#replaceService(state, name, state.services.get(name), next, sighting, provenance),
    refreshNodes: (state, names, { sighting, provenance }) => this.#refreshNodes(state, names, sighting, provenance),
  });
  readonly #published: PublishedFleet;
  readonly #observers: FleetObserver[] = [];
  /** Of a service that is new: 0 once somebody looks for what flaps, null before. */
  #flapping: 0 | null = null;

  constructor(
    publisher: Publisher,
    private readonly nowIso: () => string,
    consulReach: () => ConsulReach,
    /** `nowMs`: a steady clock. */
    private readonly disappearance: DisappearanceLimits & { readonly nowMs: () => number },
  ) {
    const recordOf = (dc: string) => this.#datacenters.get(dc)?.record;
    this.#published = new PublishedFleet(publisher, nowIso, consulReach, recordOf);
  }

  /** From now on this one is told everything. */
  observe(observer: FleetObserver): void {
    this.#observers.push(observer);
  }

  /**
   * Puts the datacenter's record; its services and nodes stay. Published only where a reader would call it another one: an age that
   * grows is carried by heartbeats, and stands in every body that is read.
   */
  seeDatacenter(record: DatacenterRecord): void {
    const known = this.#datacenters.get(record.name);
    const before = known?.record;
    if (known) known.record = record;
    else this.#datacenters.set(record.name, emptyDatacenter(record, this.disappearance));
    if (before && readsAlike(before, record)) return;
    for (const observer of this.#observers) observer.onDatacenter(record.name, before, record);
    this.#published.publishDatacenter(record.name, record);
  }

  /** Consul no longer names this datacenter. */
  forgetDatacenter(name: string): void {
    const state = this.#datacenters.get(name);
    if (!state) return;
    const sighting = { at: this.nowIso(), afterGap: false };
    const provenance = { index: null, merged: false };
    for (const [service, detail] of [...state.services]) {
      this.#replaceService(state, service, detail, undefined, sighting, provenance);
    }
    for (const [node, previous] of state.nodes) {
      for (const observer of this.#observers)
        observer.onNode({ dc: name, name: node, previous, next: undefined, sighting, provenance });
    }
    this.#datacenters.delete(name);
    for (const observer of this.#observers) observer.onDatacenter(name, state.record, undefined);
    this.#published.publishDatacenter(name, null);
  }

  seeService(seen: ServiceObservation, provenance: Provenance): void {
    const state = this.#datacenters.get(seen.dc);
    if (!state) return;
    const { name } = seen;
    const previous = state.services.get(name);
    const named = new Set(
      [...seen.instances, ...seen.unreadable].map(({ node, id }) => instanceKey(seen.dc, node, id)),
    );
    for (const key of named) state.missing.back(key);
    const held = this.#vanish(state, lostInstances(name, previous, named, state.missing.held));
    const kept = keptInstances(state.missing.held, previous, held.get(name) ?? [], seen);
    this.#replaceService(state, name, previous, observeService(previous, seen, kept), seen, provenance);
    held.delete(name);
    this.#hold(state, held, { sighting: seen, provenance });
  }

  /** One answer says that these services have left the catalog. */
  forgetServices(dc: string, names: readonly string[], sighting: Sighting, provenance: Provenance): void {
    const state = this.#datacenters.get(dc);
    if (!state) return;
    const { services, missing } = state;
    const lost = names.flatMap((name) => [...lostInstances(name, services.get(name), new Set(), missing.held)]);
    const held = this.#vanish(state, new Map(lost));
    for (const name of names) {
      const previous = state.services.get(name);
      const kept = keptInstances(state.missing.held, previous, held.get(name) ?? [], sighting);
      const nothing = { ...sighting, dc, name, instances: [], unreadable: [], versionMetaKeys: [] };
      const next = kept.length > 0 ? observeService(previous, nothing, kept) : undefined;
      if (previous) this.#replaceService(state, name, previous, next, sighting, provenance);
      held.delete(name);
    }
    this.#hold(state, held, { sighting, provenance });
  }

  /** All nodes of the datacenter with their own checks: a node that is not among them has left. */
  seeNodes(dc: string, nodes: readonly ObservedNode[], sighting: Sighting, provenance: Provenance): void {
    const state = this.#datacenters.get(dc);
    if (!state) return;
    const { observedNodes, missing, missingNodes } = state;
    const named = new Set(nodes.map(({ name }) => name));
    const names = new Set([...observedNodes.keys(), ...named]);
    for (const name of named) missingNodes.back(name);
    const lost = new Map([...observedNodes].filter(([name]) => !named.has(name) && !missingNodes.held.has(name)));
    if (lost.size > 0) {
      const around = { alarmed: missing.alarmed, acls: state.acls };
      const held = missingNodes.vanish(lost, named.size, this.disappearance.nowMs(), around);
      for (const name of held.keys()) names.add(name);
    }
    observedNodes.clear();
    for (const node of nodes) observedNodes.set(node.name, node);
    for (const [name, { item }] of missingNodes.held) observedNodes.set(name, item);
    this.#refreshNodes(state, names, sighting, provenance);
  }

  /** Newer states of checks of one node, which count for the instances of these services on it. */
  seeNodeChecks(
    dc: string,
    node: string,
    services: readonly string[],
    checks: readonly ObservedCheck[],
    sighting: Sighting,
    provenance: Provenance,
  ): void {
    const state = this.#datacenters.get(dc);
    for (const name of services) {
      const previous = state?.services.get(name);
      const next = previous && withNodeChecks(previous, { dc, name }, node, checks, sighting);
      if (state && next !== previous) this.#replaceService(state, name, previous, next, sighting, provenance);
    }
  }

  /** From here to `endFirstRead` the services of a node are not published with each answer. */
  startFirstRead(dc: string): void {
    const state = this.#datacenters.get(dc);
    if (state) state.heldNodes ??= new Set();
  }

  /** Publishes what was held back. */
  endFirstRead(dc: string): void {
    const state = this.#datacenters.get(dc);
    if (!state?.heldNodes) return;
    const held = state.heldNodes;
    state.heldNodes = null;
    this.#refreshNodes(state, held, { at: this.nowIso(), afterGap: true }, { index: null, merged: false });
  }

  /** Somebody looks for what flaps from now on: of what is not told, nothing does. */
  startFlapping(): void {
    if (this.#flapping === 0) return;
    this.#flapping = 0;
    for (const [dc, { services }] of this.#datacenters) {
      const untold = [...services].filter(([, { service }]) => service.flapping === null);
      this.seeFlapping(dc, new Map(untold.map(([name]) => [name, 0])));
    }
  }

  /** @param counts flapping checks by service; what is not known here is passed over */
  seeFlapping(dc: string, counts: ReadonlyMap<string, number>): void {
    const state = this.#datacenters.get(dc);
    if (!state) return;
    const changes: Change[] = [];
    const sighting = { at: this.nowIso(), afterGap: false };
    for (const [name, flapping] of counts) {
      const previous = state.services.get(name);
      if (!previous || previous.service.flapping === flapping) continue;
      const next = { ...previous, service: { ...previous.service, flapping } };
      state.services.set(name, next);
      const change = recordChange(previous.service, next.service, false);
      if (!change) continue;
      changes.push(change);
      this.#published.publish(serviceTopic(serviceKey(dc, name)), sighting, UNREAD, [change]);
    }
    this.#published.publish('fleet', sighting, UNREAD, changes);
  }

  services(dc: string): readonly string[] {
    return [...(this.#datacenters.get(dc)?.services.keys() ?? [])];
  }

  knowsService(dc: string, name: string): boolean {
    return this.#datacenters.get(dc)?.services.has(name) ?? false;
  }

  /** The same object for as long as nothing in it differs. */
  serviceRecord(dc: string, name: string): ServiceRecord | undefined {
    return this.#datacenters.get(dc)?.services.get(name)?.service;
  }

  /** Names of the services with an instance on this node. */
  servicesOn(dc: string, node: string): readonly string[] {
    return this.#datacenters.get(dc)?.residents.get(node) ?? [];
  }

  datacenters(): readonly string[] {
    return [...this.#datacenters.keys()];
  }

  datacenterRecord(dc: string): DatacenterRecord | undefined {
    return this.#datacenters.get(dc)?.record;
  }

  serviceDetail(dc: string, name: string): ServiceDetail | undefined {
    return this.#datacenters.get(dc)?.services.get(name);
  }

  nodes(dc: string): readonly string[] {
    return [...(this.#datacenters.get(dc)?.nodes.keys() ?? [])];
  }

  nodeDetail(dc: string, name: string): NodeDetail | undefined {
    return this.#datacenters.get(dc)?.nodes.get(name);
  }

  fleetBody(): FleetBody {
    return this.#published.fleetBody;
  }

  nodesBody(): NodesBody {
    return this.#published.nodesBody;
  }

  /** Body of `/api/v1/services/:dc/:name`; undefined where there is no such service now. */
  serviceBody(key: string): ServiceBody | undefined {
    const pair = parsePair(key);
    const detail = pair && this.#datacenters.get(pair.dc)?.services.get(pair.name);
    return detail
      ? { ...this.#published.stamp(), service: detail.service, instances: [...detail.instances] }
      : undefined;
  }

  /** Body of `/api/v1/nodes/:dc/:name`; undefined where there is no such node now. */
  nodeBody(dc: string, name: string): NodeBody | undefined {
    const state = this.#datacenters.get(dc);
    return state ? nodeBody(state, name, this.#published.stamp()) : undefined;
  }

  /** What of `lost` (and of what was lost a moment ago) is not to be taken for gone, by service. */
  #vanish(state: DatacenterState, lost: ReadonlyMap<string, LostInstance>) {
    if (lost.size === 0) return byService([]);
    const left = state.instances - state.missing.held.size - lost.size;
    const around = { alarmed: state.missingNodes.alarmed, acls: state.acls };
    return byService(state.missing.vanish(lost, left, this.disappearance.nowMs(), around).values());
  }

  #hold(state: DatacenterState, held: ReadonlyMap<string, readonly Instance[]>, from: ChangeOrigin): void {
    for (const [name, instances] of held) this.doubts.holdInstances(state, name, instances, from);
  }

  #replaceService(
    state: DatacenterState,
    name: string,
    previous: ServiceDetail | undefined,
    seen: ServiceDetail | undefined,
    sighting: Sighting,
    provenance: Provenance,
  ): void {
    const next = previous ? seen : this.#withFlapping(seen);
    if (next) state.services.set(name, next);
    else state.services.delete(name);
    state.instances += (next?.instances.length ?? 0) - (previous?.instances.length ?? 0);
    for (const observer of this.#observers)
      observer.onService({ dc: state.record.name, name, previous, next, sighting, provenance });
    const topic = serviceTopic(serviceKey(state.record.name, name));
    this.#published.publish(topic, sighting, provenance, diffService(previous, next, provenance.merged));
    const record = recordChange(previous?.service, next?.service, provenance.merged);
    this.#published.publish('fleet', sighting, provenance, record ? [record] : []);
    const moved = moveResidents(state.residents, name, nodesOf(previous), nodesOf(next));
    if (state.heldNodes) for (const node of moved) state.heldNodes.add(node);
    else this.#refreshNodes(state, moved, sighting, provenance);
  }

  #withFlapping(seen: ServiceDetail | undefined): ServiceDetail | undefined {
    if (!seen || this.#flapping === null) return seen;
    return { ...seen, service: { ...seen.service, flapping: this.#flapping } };
  }

  #refreshNodes(state: DatacenterState, names: Iterable<string>, sighting: Sighting, provenance: Provenance): void {
    const changes: Change[] = [];
    for (const name of names) {
      const previous = state.nodes.get(name);
      const observed = state.observedNodes.get(name);
      const services = state.residents.get(name) ?? [];
      const unconfirmed = state.missingNodes.held.get(name)?.awaits === 'proof';
      const next = observed && observeNode(previous, state.record.name, observed, services, sighting, unconfirmed);
      if (next) state.nodes.set(name, next);
      else state.nodes.delete(name);
      for (const observer of this.#observers)
        observer.onNode({ dc: state.record.name, name, previous, next, sighting, provenance });
      const change = recordChange(previous?.node, next?.node, provenance.merged);
      if (change) changes.push(change);
    }
    this.#published.publish('nodes', sighting, provenance, changes);
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
