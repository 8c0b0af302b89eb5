import type { Condition } from './condition';

/** What is asked of an alert to tell its cause. */
export type Caused = Pick<Condition, 'id' | 'subject' | 'explainedBy' | 'standsFor'> & {
  readonly evidence: Pick<Condition['evidence'], 'kind'>;
};

/** Alerts of one service, the broadest first: what a broader one tells the narrower need not tell again. That it flaps is another story. */
const breadth: readonly string[] = ['few-healthy', 'critical-share', 'critical'];

/** How far alerts are, by id. */
export interface CauseStanding {
  isPending(id: string): boolean;
  /** Somebody was called for it. */
  isCalled(id: string): boolean;
}

/**
 * Which alerts are there, and which of them tells the cause of which: a lost datacenter that of everything in it, a mass disappearance that of its services and nodes,
 * nodes that of the services they explain, a datacenter's share that of its services, of several alerts of one service the broadest, and a service that of its
 * sidecars. A cause is always of a greater kind than what it explains, and no sidecar is one for another, so there are no circles. It counts from its pending on, so that nobody is called for what it is about to explain; but what
 * somebody was called for already is not taken back by one that may come to nothing.
 */
export class Causes {
  readonly #lost = new Groups();
  readonly #mass = new Groups();
  readonly #share = new Groups();
  readonly #nodes = new Groups();
  readonly #services = new Groups();
  readonly #sidecars = new Groups();
  readonly #explained = new Groups();
  readonly #datacenters = new Groups();

  constructor(private readonly standing: CauseStanding) {}

  add(alert: Caused): void {
    for (const [groups, key] of this.#places(alert)) groups.add(key, alert);
  }

  /** @param alert as it was added */
  remove(alert: Caused): void {
    for (const [groups, key] of this.#places(alert)) groups.remove(key, alert);
  }

  /** Id of the alert that tells its cause and has itself no other; null: there is none. */
  rootOf(alert: Caused): string | null {
    return this.#rootOf(alert)?.id ?? null;
  }

  /** Those whose cause may be another one when this one comes or goes. */
  around({ id, subject, evidence }: Caused): readonly Caused[] {
    const groups = [
      ...(subject.kind === 'datacenter' ? [this.#datacenters.of(subject.dc)] : []),
      ...(subject.kind === 'node' ? [this.#explained.of(subject.key)] : []),
      ...(subject.kind === 'service' && breadth.includes(evidence.kind) ? [this.#services.of(subject.key)] : []),
      ...(subject.kind === 'service' ? [this.#sidecars.of(subject.key)] : []),
    ];
    return groups.flatMap((group) => [...group.values()]).filter((other) => other.id !== id);
  }

  #rootOf(alert: Caused): Caused | undefined {
    for (const cause of this.#causesOf(alert)) {
      const root = this.#rootOf(cause) ?? cause;
      if (!this.standing.isPending(root.id) || !this.standing.isCalled(alert.id)) return root;
    }
    return undefined;
  }

  /** The greatest first. */
  *#causesOf({ subject, evidence: { kind }, explainedBy, standsFor }: Caused): Iterable<Caused> {
    if (kind === 'expiry' || kind === 'watchdog' || kind === 'datacenter-lost') return;
    yield* this.#lost.first(subject.dc);
    if (kind === 'no-leader' || kind === 'mass-disappearance') return;
    yield* this.#mass.first(subject.dc);
    if (subject.kind === 'node') return;
    yield* this.#nodesOf(explainedBy);
    if (subject.kind !== 'service') return;
    yield* this.#share.first(subject.dc);
    const others = [...this.#services.of(subject.key).values()];
    for (const broader of breadth.slice(0, Math.max(0, breadth.indexOf(kind)))) {
      yield* smallest(others.filter((other) => other.evidence.kind === broader));
    }
    if (standsFor) yield* this.#servedOf(standsFor, kind);
  }

  /** Alerts of the service that a sidecar stands for, of the same matter, the broadest first. */
  *#servedOf(key: string, kind: string): Iterable<Caused> {
    const served = [...this.#services.of(key).values()].filter(({ standsFor }) => !standsFor);
    for (const same of breadth.includes(kind) ? breadth : [kind]) {
      yield* smallest(served.filter(({ evidence }) => evidence.kind === same));
    }
  }

  /** All of the nodes must have an alert, or something is left that they do not explain. While one of them is pending they tell it together no sooner than that one. */
  #nodesOf(keys: readonly string[]): readonly Caused[] {
    const nodes = keys.map((key) => this.#nodes.first(key));
    if (nodes.some((found) => found.length === 0)) return [];
    const all = nodes.flat();
    const pending = all.filter(({ id }) => this.standing.isPending(id));
    return [...pending, ...all].slice(0, 1);
  }

  #places(alert: Caused): (readonly [Groups, string])[] {
    const { subject, evidence, explainedBy, standsFor } = alert;
    const { dc, key } = subject;
    const places: (readonly [Groups, string])[] = [[this.#datacenters, dc]];
    if (evidence.kind === 'datacenter-lost') places.push([this.#lost, dc]);
    else if (evidence.kind === 'mass-disappearance') places.push([this.#mass, dc]);
    else if (subject.kind === 'datacenter' && evidence.kind === 'critical-share') places.push([this.#share, dc]);
    else if (subject.kind === 'node') places.push([this.#nodes, key]);
    else if (subject.kind === 'service') places.push([this.#services, key]);
    for (const node of explainedBy) places.push([this.#explained, node]);
    if (standsFor) places.push([this.#sidecars, standsFor]);
    return places;
  }
}

const NONE: ReadonlyMap<string, Caused> = new Map();

/** Alerts by a key, and by id within it. */
class Groups {
  readonly #groups = new Map<string, Map<string, Caused>>();

  of(key: string): ReadonlyMap<string, Caused> {
    return this.#groups.get(key) ?? NONE;
  }

  /** The one with the smallest id, so that it does not depend on which came first. */
  first(key: string): readonly Caused[] {
    return smallest(this.of(key).values());
  }

  add(key: string, alert: Caused): void {
    const group = this.#groups.get(key) ?? new Map<string, Caused>();
    this.#groups.set(key, group.set(alert.id, alert));
  }

  remove(key: string, { id }: Caused): void {
    const group = this.#groups.get(key);
    group?.delete(id);
    if (group?.size === 0) this.#groups.delete(key);
  }
}

/** One at most. */
function smallest(alerts: Iterable<Caused>): readonly Caused[] {
  let first: Caused | undefined;
  for (const alert of alerts) if (!first || alert.id < first.id) first = alert;
  return first ? [first] : [];
}
