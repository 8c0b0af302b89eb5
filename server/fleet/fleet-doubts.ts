import type { Instance } from '@/lib/fleet/model';
import type { ObservedNode, Sighting } from '@/lib/fleet/observation';
import { dropInstances, holdInstances, type ServiceDetail } from '@/lib/fleet/observe-service';
import type { DatacenterState } from './datacenter-state';
import type { Provenance } from './fleet-store';
import { byService, type LostInstance } from './lost-instances';

/** Services and nodes by name. */
export interface Names {
  readonly services: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
}

/** What of one datacenter is shown as unknown because answers name it no longer. */
export interface HeldRecords {
  /** By key, in the order in which they went missing, with the time on the store's steady clock. */
  readonly instances: ReadonlyMap<string, { readonly item: LostInstance; readonly atMs: number }>;
  /** By name. */
  readonly nodes: ReadonlyMap<string, { readonly item: ObservedNode; readonly atMs: number }>;
}

/** What the store lends: one datacenter's state, and the ways in which a change of it is published. */
interface StoreWrites {
  state(dc: string): DatacenterState | undefined;
  replaceService(state: DatacenterState, name: string, next: ServiceDetail | undefined, from: ChangeOrigin): void;
  refreshNodes(state: DatacenterState, names: Iterable<string>, from: ChangeOrigin): void;
}

export interface ChangeOrigin {
  readonly sighting: Sighting;
  readonly provenance: Provenance;
}

const NOTHING: HeldRecords = { instances: new Map(), nodes: new Map() };

/** The store's records of which it is not known whether they are gone: holds them, and lets go of them. */
export class FleetDoubts {
  constructor(private readonly store: StoreWrites) {}

  held(dc: string): HeldRecords {
    const state = this.store.state(dc);
    return state ? { instances: state.missing.held, nodes: state.missingNodes.held } : NOTHING;
  }

  /** How many instances are shown that are not held, by service. */
  seenInstances(dc: string, service: string): number {
    const detail = this.store.state(dc)?.services.get(service);
    return detail ? detail.service.instances - detail.service.unconfirmed : 0;
  }

  /** Everything that is shown, or was taken for gone a moment ago. */
  known(dc: string): Names {
    const state = this.store.state(dc);
    const { services, nodes } = this.doubtful(dc);
    return {
      services: new Set([...services, ...(state?.services.keys() ?? [])]),
      nodes: new Set([...nodes, ...(state?.observedNodes.keys() ?? [])]),
    };
  }

  /** What is held, or was taken for gone a moment ago: whether the token may read these has to be asked. */
  doubtful(dc: string): Names {
    const state = this.store.state(dc);
    const services = new Set<string>();
    const nodes = new Set<string>();
    for (const missing of state ? [state.missing.held, state.missing.unvouched] : []) {
      for (const { item } of missing.values()) {
        services.add(item.service);
        nodes.add(item.instance.node);
      }
    }
    for (const missing of state ? [state.missingNodes.held, state.missingNodes.unvouched] : []) {
      for (const name of missing.keys()) nodes.add(name);
    }
    return { services, nodes };
  }

  /** The token may not read these, as was asked at `askedAtMs`: whatever is known of them is held, also what was taken for gone since the right was there. */
  mayNotRead(dc: string, forbidden: Names, askedAtMs: number, nowMs: number, at: string): void {
    const state = this.store.state(dc);
    if (!state) return;
    const { missing, missingNodes } = state;
    const lost = new Map<string, LostInstance>();
    const readable = ({ service, instance }: LostInstance) =>
      !forbidden.services.has(service) && !forbidden.nodes.has(instance.node);
    const nothing = forbidden.services.size + forbidden.nodes.size === 0;
    for (const [service, { instances }] of nothing ? [] : state.services) {
      for (const instance of instances) {
        if (!readable({ service, instance })) lost.set(instance.key, { service, instance });
      }
    }
    for (const [key, { item, atMs }] of missing.unvouched) {
      if (!readable(item)) lost.set(key, item);
      else if (atMs <= askedAtMs) missing.vouch([key]);
    }
    const lostNodes = new Map([...state.observedNodes].filter(([name]) => forbidden.nodes.has(name)));
    for (const [name, { item, atMs }] of missingNodes.unvouched) {
      if (forbidden.nodes.has(name)) lostNodes.set(name, item);
      else if (atMs <= askedAtMs) missingNodes.vouch([name]);
    }
    const from = unprompted(at);
    this.#holdNodes(state, missingNodes.doubt(lostNodes, nowMs), from);
    for (const [name, own] of byService(missing.doubt(lost, nowMs).values())) {
      this.holdInstances(state, name, own, from);
    }
  }

  /** These are gone beyond doubt: instances by key, nodes by name. */
  confirmGone(dc: string, instances: Iterable<string>, nodes: ReadonlySet<string>, from: ChangeOrigin): void {
    const state = this.store.state(dc);
    if (!state) return;
    const gone = [...instances].flatMap((key) => state.missing.held.get(key)?.item ?? []);
    state.missing.confirm(gone.map(({ instance }) => instance.key));
    for (const [name, own] of byService(gone)) {
      const previous = state.services.get(name);
      const keys = new Set(own.map(({ key }) => key));
      if (previous) {
        this.store.replaceService(state, name, dropInstances(previous, { dc, name }, keys, from.sighting), from);
      }
    }
    state.missingNodes.confirm(nodes);
    for (const name of nodes) state.observedNodes.delete(name);
    this.store.refreshNodes(state, nodes, from);
  }

  /** Shows these as unknown beside whatever else is shown of their service. */
  holdInstances(state: DatacenterState, name: string, held: readonly Instance[], from: ChangeOrigin): void {
    const next = holdInstances(state.services.get(name), { dc: state.record.name, name }, held, from.sighting);
    this.store.replaceService(state, name, next, from);
  }

  #holdNodes(state: DatacenterState, held: ReadonlyMap<string, ObservedNode>, from: ChangeOrigin): void {
    for (const [name, node] of held) state.observedNodes.set(name, node);
    this.store.refreshNodes(state, held.keys(), from);
  }
}

/** Of what no answer about these records has brought. */
const unprompted = (at: string): ChangeOrigin => ({
  sighting: { at, afterGap: false },
  provenance: { index: null, merged: false },
});
