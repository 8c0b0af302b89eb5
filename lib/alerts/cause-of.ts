import type { Condition } from './condition';

/** What is asked of an alert to tell its cause. */
export type Caused = Pick<Condition, 'id' | 'subject' | 'explainedBy'> & {
  readonly evidence: Pick<Condition['evidence'], 'kind'>;
};

/** Alerts of one service, the broadest first: what a broader one tells the narrower need not tell again. That it flaps is another story. */
const breadth: readonly string[] = ['few-healthy', 'critical-share', 'critical'];

/**
 * Which alerts are there, and which of them tells the cause of which: a lost datacenter that of everything in it, a mass disappearance that of its services and nodes,
 * nodes that of the services they explain, a datacenter's share that of its services, and of several alerts of one service the broadest. A cause is always of a
 * greater kind than what it explains, so there are no circles.
 */
export class Causes {
  readonly #lost = new Groups();
  readonly #mass = new Groups();
  readonly #share = new Groups();
  readonly #nodes = new Groups();
  readonly #services = new Groups();
  readonly #explained = new Groups();
  readonly #datacenters = new Groups();

  add(alert: Caused): void {
    for (const [groups, key] of this.#places(alert)) groups.add(key, alert);
  }

  /** @param alert as it was added */
  remove(alert: Caused): void {
    for (const [groups, key] of this.#places(alert)) groups.remove(key, alert);
  }

  /** Id of the alert that tells its cause and has itself no other; null: there is none. */
  rootOf(alert: Caused): string | null {
    let root: Caused | undefined;
    for (let cause = this.#causeOf(alert); cause; cause = this.#causeOf(cause)) root = cause;
    return root?.id ?? null;
  }

  /** Those whose cause may be another one when this one comes or goes. */
  around({ id, subject, evidence }: Caused): readonly Caused[] {
    const groups = [
      ...(reachesDatacenter(subject.kind) ? [this.#datacenters.of(subject.dc)] : []),
      ...(subject.kind === 'node' ? [this.#explained.of(subject.key)] : []),
      ...(subject.kind === 'service' && breadth.includes(evidence.kind) ? [this.#services.of(subject.key)] : []),
    ];
    return groups.flatMap((group) => [...group.values()]).filter((other) => other.id !== id);
  }

  #causeOf(alert: Caused): Caused | undefined {
    const { subject, evidence } = alert;
    const { kind } = evidence;
    if (kind === 'expiry' || kind === 'watchdog' || kind === 'datacenter-lost') return undefined;
    const lost = this.#lost.first(subject.dc);
    if (lost || kind === 'no-leader' || kind === 'mass-disappearance') return lost;
    const mass = this.#mass.first(subject.dc);
    if (mass || subject.kind === 'node') return mass;
    return this.#nodeOf(alert) ?? (subject.kind === 'service' ? this.#broaderOf(alert) : undefined);
  }

  /** All of the nodes must have an alert, or something is left that they do not explain. */
  #nodeOf({ explainedBy }: Caused): Caused | undefined {
    const nodes = explainedBy.map((key) => this.#nodes.first(key));
    return nodes.includes(undefined) ? undefined : nodes[0];
  }

  #broaderOf({ subject, evidence }: Caused): Caused | undefined {
    const share = this.#share.first(subject.dc);
    if (share) return share;
    const others = [...this.#services.of(subject.key).values()];
    for (const kind of breadth.slice(0, Math.max(0, breadth.indexOf(evidence.kind)))) {
      const broader = smallest(others.filter((other) => other.evidence.kind === kind));
      if (broader) return broader;
    }
    return undefined;
  }

  #places(alert: Caused): (readonly [Groups, string])[] {
    const { subject, evidence, explainedBy } = alert;
    const { dc, key } = subject;
    const places: (readonly [Groups, string])[] = [[this.#datacenters, dc]];
    if (evidence.kind === 'datacenter-lost') places.push([this.#lost, dc]);
    else if (evidence.kind === 'mass-disappearance') places.push([this.#mass, dc]);
    else if (subject.kind === 'datacenter' && evidence.kind === 'critical-share') places.push([this.#share, dc]);
    else if (subject.kind === 'node') places.push([this.#nodes, key]);
    else if (subject.kind === 'service') places.push([this.#services, key]);
    for (const node of explainedBy) places.push([this.#explained, node]);
    return places;
  }
}

const reachesDatacenter = (kind: Caused['subject']['kind']): boolean => kind === 'datacenter';

const NONE: ReadonlyMap<string, Caused> = new Map();

/** Alerts by a key, and by id within it. */
class Groups {
  readonly #groups = new Map<string, Map<string, Caused>>();

  of(key: string): ReadonlyMap<string, Caused> {
    return this.#groups.get(key) ?? NONE;
  }

  /** The one with the smallest id, so that it does not depend on which came first. */
  first(key: string): Caused | undefined {
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

function smallest(alerts: Iterable<Caused>): Caused | undefined {
  let first: Caused | undefined;
  for (const alert of alerts) if (!first || alert.id < first.id) first = alert;
  return first;
}
