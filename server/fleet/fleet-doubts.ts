import type { Missing } from '@/lib/fleet/disappearance';
import type { Instance } from '@/lib/fleet/model';
import type { ObservedNode, Sighting } from '@/lib/fleet/observation';
import { asUnconfirmed, dropInstances, keepInstances, type ServiceDetail } from '@/lib/fleet/observe-service';
import type { Names, ReadRights } from '@/server/consul/read-rights';
import type { DatacenterState } from './datacenter-state';
import { byService, type LostInstance } from './lost-instances';
import type { Provenance } from './published-fleet';

/** What of one datacenter is shown as unknown because answers name it no longer. */
export interface HeldRecords {
  /** By key, in the order in which they went missing, with the time on the store's steady clock. */
  readonly instances: ReadonlyMap<string, Missing<LostInstance>>;
  /** By name. */
  readonly nodes: ReadonlyMap<string, Missing<ObservedNode>>;
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

  /** Whether anything awaits proof that it is gone. */
  alarmed(dc: string): boolean {
    const state = this.store.state(dc);
    return state !== undefined && (state.missing.alarmed || state.missingNodes.alarmed);
  }

  /** Whether at least one instance or node is seen, not only remembered. */
  seesAny(dc: string): boolean {
    const state = this.store.state(dc);
    if (!state) return false;
    return state.instances > state.missing.held.size || state.observedNodes.size > state.missingNodes.held.size;
  }

  /** Whether anything that went missing after this moment is gone as soon as the token is known to read it. */
  awaitsRight(dc: string, afterMs: number): boolean {
    const state = this.store.state(dc);
    if (!state || this.alarmed(dc)) return false;
    return [...state.missing.held.values(), ...state.missingNodes.held.values()].some(({ atMs }) => atMs > afterMs);
  }

  /** How many instances of a service are shown that are not held. */
  seenInstances(dc: string, service: string): number {
    const state = this.store.state(dc);
    return state?.services.get(service)?.instances.filter(({ key }) => !state.missing.held.has(key)).length ?? 0;
  }

  /** Everything that is shown, whether it is seen or held. */
  known(dc: string): Names {
    const state = this.store.state(dc);
    return { services: new Set(state?.services.keys()), nodes: new Set(state?.observedNodes.keys()) };
  }

  /** What is held: whether the token may read this has to be asked by name. */
  doubtful(dc: string): Names {
    const { instances, nodes } = this.held(dc);
    const lost = [...instances.values()].map(({ item }) => item);
    return {
      services: new Set(lost.map(({ service }) => service)),
      nodes: new Set([...lost.map(({ instance }) => instance.node), ...nodes.keys()]),
    };
  }

  /**
   * What the token may not read is held, whatever was last seen of it. What it may read and went missing before that was asked is gone, unless it
   * awaits proof.
   */
  takeRights(dc: string, rights: ReadRights, nowMs: number, at: string): void {
    const state = this.store.state(dc);
    if (!state) return;
    const { missing, missingNodes } = state;
    const { forbidden, acls, askedAtMs } = rights;
    state.acls = acls;
    const from = unprompted(at);
    const lost = new Map<string, LostInstance>();
    const mayRead = ({ service, instance }: LostInstance) =>
      !forbidden.services.has(service) && !forbidden.nodes.has(instance.node);
    const anyForbidden = forbidden.services.size + forbidden.nodes.size > 0;
    for (const [service, { instances }] of anyForbidden ? state.services : []) {
      for (const instance of instances) {
        if (!mayRead({ service, instance })) lost.set(instance.key, { service, instance });
      }
    }
    const lostNodes = new Map([...state.observedNodes].filter(([name]) => forbidden.nodes.has(name)));
    this.#holdNodes(state, missingNodes.doubt(lostNodes, nowMs), from);
    for (const [name, own] of byService(missing.doubt(lost, nowMs).values())) {
      this.holdInstances(state, name, own, from);
    }

    const asked = (atMs: number) => !acls || atMs <= askedAtMs;
    const readable = [...missing.held].filter(([, { item, atMs }]) => asked(atMs) && mayRead(item));
    const readableNodes = [...missingNodes.held].filter(
      ([name, { atMs }]) => asked(atMs) && !forbidden.nodes.has(name),
    );
    const items = new Map(readable.map(([key, { item }]) => [key, item]));
    this.#drop(
      state,
      missing.vouch(items.keys()).flatMap((key) => items.get(key) ?? []),
      from,
    );
    this.#dropNodes(state, missingNodes.vouch(readableNodes.map(([name]) => name)), from);
  }

  /** What went missing up to this moment awaits proof from now on, where nobody has said yet whether the token may read it. */
  loseTrust(dc: string, untilMs: number, at: string): void {
    const state = this.store.state(dc);
    if (!state) return;
    const from = unprompted(at);
    this.#holdNodes(state, state.missingNodes.loseTrust(untilMs), from);
    for (const [name, own] of byService(state.missing.loseTrust(untilMs).values())) {
      this.holdInstances(state, name, own, from);
    }
  }

  /** These are gone beyond doubt: instances by key, nodes by name. */
  confirmGone(dc: string, instances: Iterable<string>, nodes: Iterable<string>, from: ChangeOrigin): void {
    const state = this.store.state(dc);
    if (!state) return;
    const gone = [...instances].flatMap((key) => state.missing.held.get(key)?.item ?? []);
    state.missing.confirm(gone.map(({ instance }) => instance.key));
    this.#drop(state, gone, from);
    const goneNodes = [...nodes].filter((name) => state.missingNodes.held.has(name));
    state.missingNodes.confirm(goneNodes);
    this.#dropNodes(state, goneNodes, from);
  }

  /** Shows these as unknown beside whatever else is shown of their service: they await proof that they are gone. */
  holdInstances(state: DatacenterState, name: string, held: readonly Instance[], from: ChangeOrigin): void {
    const unknown = held.map((instance) => asUnconfirmed(instance, from.sighting));
    const next = keepInstances(state.services.get(name), { dc: state.record.name, name }, unknown, from.sighting);
    this.store.replaceService(state, name, next, from);
  }

  #drop(state: DatacenterState, gone: readonly LostInstance[], from: ChangeOrigin): void {
    const dc = state.record.name;
    for (const [name, own] of byService(gone)) {
      const previous = state.services.get(name);
      const keys = new Set(own.map(({ key }) => key));
      if (previous) {
        this.store.replaceService(state, name, dropInstances(previous, { dc, name }, keys, from.sighting), from);
      }
    }
  }

  #dropNodes(state: DatacenterState, gone: readonly string[], from: ChangeOrigin): void {
    for (const name of gone) state.observedNodes.delete(name);
    this.store.refreshNodes(state, gone, from);
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
