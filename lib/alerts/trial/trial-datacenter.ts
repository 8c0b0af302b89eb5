import type { DatacenterFacts, FlapFacts, NodeFacts, ServiceFacts } from '@/lib/alerts/facts';
import { nodeKey } from '@/lib/fleet/keys';
import type { FreshnessState } from '@/lib/fleet/model';
import { applyToNode } from '@/lib/history/apply-transition';
import type { PastDatacenter, RecordedNode } from '@/lib/history/recorded';
import { instanceSubject, nodeSubject } from '@/lib/history/subjects';
import type { Subject, Transition } from '@/lib/history/transition';
import { TrialService } from './trial-service';

interface KeptNode {
  readonly recorded: RecordedNode;
  readonly sinceMs: number;
  readonly sinceAtLeast: boolean;
}

/** What of a datacenter is to be judged anew. */
export interface Touched {
  itself: boolean;
  readonly nodes: Set<string>;
  readonly services: Set<string>;
}

export const nothingTouched = (): Touched => ({ itself: false, nodes: new Set(), services: new Set() });

const states: readonly FreshnessState[] = ['live', 'stale', 'lost', 'denied'];

/** A datacenter as the record tells it, transition by transition. Times are ms since 1970. */
export class TrialDatacenter {
  readonly services = new Map<string, TrialService>();
  readonly nodes = new Map<string, KeptNode>();
  /** By node and service: how many instances run there. */
  readonly #placed = new Map<string, Map<string, number>>();
  #freshness: FreshnessState = 'live';
  #freshnessSinceMs: number;
  /** When it answered last, while nobody watches it. */
  #lastContactAtMs: number | null = null;

  constructor(
    readonly dc: string,
    atMs: number,
  ) {
    this.#freshnessSinceMs = atMs;
  }

  /** As it stood where the trial begins; it yields between its services. */
  *load(past: PastDatacenter, atMs: number): Generator<void> {
    this.#freshness = freshnessOf(past.freshness);
    for (const recorded of past.nodes) {
      const sinceMs = past.sinceMs.get(nodeKey(past.dc, recorded.name));
      const began = { sinceMs: sinceMs ?? atMs, sinceAtLeast: sinceMs === undefined };
      this.nodes.set(recorded.name, { recorded, ...began });
    }
    for (const { name, status, instances } of past.services) {
      const service = new TrialService(status);
      for (const instance of instances) {
        service.place(instance, past.sinceMs.get(instance.key) ?? null, atMs);
        this.#place(instance.node, name, 1);
      }
      this.services.set(name, service);
      yield;
    }
  }

  /** What is in maintenance. */
  get maintained(): Subject[] {
    const nodes = [...this.nodes].filter(([, { recorded }]) => recorded.status === 'maintenance');
    const instances = [...this.services].flatMap(([name, service]) =>
      service.recorded
        .filter(({ status }) => status === 'maintenance')
        .map((instance) => instanceSubject(this.dc, name, instance)),
    );
    return [...nodes.map(([name]) => nodeSubject(this.dc, name)), ...instances];
  }

  /** Everything in it. */
  get all(): Touched {
    return { itself: true, nodes: new Set(this.nodes.keys()), services: new Set(this.services.keys()) };
  }

  apply(transition: Transition, touched: Touched): void {
    const { subject, kind, to, observedAtMs } = transition;
    if (subject.kind === 'datacenter' && kind === 'freshness') {
      this.#freshness = freshnessOf(to);
      this.#freshnessSinceMs = observedAtMs;
      touched.itself = true;
    } else if (subject.kind === 'node' && subject.node !== null) {
      this.#applyToNode(subject.node, transition, touched);
    } else if (subject.service !== null) {
      this.#applyToService(subject.service, transition);
      touched.services.add(subject.service);
    }
  }

  /** Nobody watches it from this moment on, or somebody does again (null). */
  unwatched(sinceMs: number | null): void {
    this.#lastContactAtMs = sinceMs;
  }

  serviceFacts(name: string, flaps: FlapFacts | null): ServiceFacts | null {
    const service = this.services.get(name);
    return service ? { dc: this.dc, name, status: service.status, instances: service.instances, flaps } : null;
  }

  nodeFacts(name: string, flaps: FlapFacts | null): NodeFacts | null {
    const kept = this.nodes.get(name);
    if (!kept) return null;
    const { recorded, sinceMs, sinceAtLeast } = kept;
    const { status, meta, checks } = recorded;
    const placed = this.#placed.get(name) ?? new Map<string, number>();
    const instances = [...placed.values()].reduce((sum, count) => sum + count, 0);
    const services = [...placed.keys()].sort();
    return { dc: this.dc, name, status, sinceMs, sinceAtLeast, meta, checks, services, instances, flaps };
  }

  /** What the record does not hold is as if all were well. */
  facts(nowMs: number): DatacenterFacts {
    const contactAtMs = this.#lastContactAtMs ?? this.#freshnessSinceMs;
    return {
      ...{ dc: this.dc, freshness: this.#freshness, freshnessSinceMs: this.#freshnessSinceMs, reason: null },
      ...{ lastContactMs: nowMs - contactAtMs, hasLeader: true, noLeaderSinceMs: null, unconfirmed: null },
    };
  }

  #applyToService(name: string, transition: Transition): void {
    const { subject, kind, to } = transition;
    const service = this.services.get(name);
    if (subject.kind === 'instance') {
      // What was never registered stays away, whatever is said of it.
      const more = service?.apply(transition) ?? 0;
      if (more !== 0 && subject.node !== null) this.#place(subject.node, name, more);
    } else if (kind === 'deregistered') this.#removeService(name);
    else if (kind === 'registered' && !service) this.services.set(name, new TrialService(statusOf(to)));
    else if ((kind === 'status' || kind === 'registered') && service) service.status = statusOf(to);
  }

  #removeService(name: string): void {
    for (const { node } of this.services.get(name)?.instances ?? []) this.#place(node, name, -1);
    this.services.delete(name);
  }

  #applyToNode(name: string, transition: Transition, touched: Touched): void {
    const { kind, observedAtMs, unwatchedFromMs } = transition;
    touched.nodes.add(name);
    const known = this.nodes.get(name);
    const recorded = applyToNode(known?.recorded, transition);
    if (!recorded) this.nodes.delete(name);
    else {
      const begins = kind === 'status' || kind === 'registered' || !known;
      const began = begins ? { sinceMs: observedAtMs, sinceAtLeast: unwatchedFromMs !== null } : known;
      const { sinceMs, sinceAtLeast } = began;
      this.nodes.set(name, { recorded, sinceMs, sinceAtLeast });
    }
    if (known?.recorded.status === recorded?.status) return;
    // Whether a node explains what is critical on it is asked with its services.
    for (const service of this.#placed.get(name)?.keys() ?? []) touched.services.add(service);
  }

  #place(node: string, service: string, more: number): void {
    const placed = this.#placed.get(node) ?? new Map<string, number>();
    const count = (placed.get(service) ?? 0) + more;
    if (count > 0) placed.set(service, count);
    else placed.delete(service);
    if (placed.size > 0) this.#placed.set(node, placed);
    else this.#placed.delete(node);
  }
}

const freshnessOf = (text: string | null): FreshnessState => states.find((state) => state === text) ?? 'live';
const statusOf = (text: string | null): TrialService['status'] => (text ?? 'unknown') as TrialService['status'];
