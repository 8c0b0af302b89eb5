import type { FlapEdge } from '@/lib/flapping/datacenter-flaps';
import { nodeKey, serviceKey } from '@/lib/fleet/keys';
import type { Subject } from '@/lib/history/transition';

/** A check, or a subject's status in sum, that flaps. */
export interface FlapMemberName {
  readonly subject: Subject;
  /** A check's id; null: the subject's status in sum. */
  readonly item: string | null;
}

/** Whose alert it is: a service, or a node. */
export interface FlapOwner {
  readonly kind: 'service' | 'node';
  readonly dc: string;
  readonly name: string;
}

const NONE: ReadonlyMap<string, FlapMemberName> = new Map();

/** What flaps now, by the service or the node that it belongs to, and how much of it there is. */
export class FlappingMembers {
  readonly #byOwner = new Map<string, Map<string, FlapMemberName>>();
  /** Flapping checks by datacenter, with an instance's own status where none of its checks flaps. */
  readonly #counts = new Map<string, Map<string, number>>();
  /** Keys of flapping instances by the key of their node. */
  readonly #instancesOn = new Map<string, Map<string, number>>();

  /** @returns whose it is; null: it is nobody's */
  take({ edge, subject, item }: Pick<FlapEdge, 'edge' | 'subject' | 'item'>): FlapOwner | null {
    const owner = ownerOf(subject);
    if (!owner) return null;
    const key = ownerKey(owner);
    const members = this.#byOwner.get(key) ?? new Map<string, FlapMemberName>();
    const name = memberName(subject, item);
    if (edge === 'begins' ? members.has(name) : !members.delete(name)) return null;
    if (edge === 'begins') members.set(name, { subject, item });
    if (members.size > 0) this.#byOwner.set(key, members);
    else this.#byOwner.delete(key);
    this.#noteNode(subject, edge);
    if (owner.kind === 'service') this.#count(owner, members);
    return owner;
  }

  of(owner: FlapOwner): readonly FlapMemberName[] {
    return [...(this.#byOwner.get(ownerKey(owner)) ?? NONE).values()];
  }

  has(owner: FlapOwner): boolean {
    return this.#byOwner.has(ownerKey(owner));
  }

  /** Flapping checks of a service. */
  count(dc: string, service: string): number {
    return this.#counts.get(dc)?.get(service) ?? 0;
  }

  /** Flapping checks of each service that has any. */
  counts(dc: string): ReadonlyMap<string, number> {
    return this.#counts.get(dc) ?? new Map();
  }

  /** Of all services of a datacenter. */
  sum(dc: string): number {
    return [...(this.#counts.get(dc)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  /** Instances on this node of which something flaps. */
  instancesOn(dc: string, node: string): number {
    return this.#instancesOn.get(nodeKey(dc, node))?.size ?? 0;
  }

  /** Instances of this datacenter of which something flaps. */
  instancesIn(dc: string): number {
    const nodesOfIt = nodeKey(dc, '');
    return [...this.#instancesOn].reduce((sum, [key, all]) => sum + (key.startsWith(nodesOfIt) ? all.size : 0), 0);
  }

  *all(): Generator<FlapMemberName> {
    for (const members of this.#byOwner.values()) yield* members.values();
  }

  #count({ dc, name }: FlapOwner, members: ReadonlyMap<string, FlapMemberName>): void {
    const count = countChecks(members.values());
    const counts = this.#counts.get(dc) ?? new Map<string, number>();
    if (count > 0) counts.set(name, count);
    else counts.delete(name);
    this.#counts.set(dc, counts);
  }

  #noteNode({ kind, key, dc, node }: Subject, edge: FlapEdge['edge']): void {
    if (kind !== 'instance' || node === null) return;
    const on = nodeKey(dc, node);
    const instances = this.#instancesOn.get(on) ?? new Map<string, number>();
    const left = (instances.get(key) ?? 0) + (edge === 'begins' ? 1 : -1);
    if (left > 0) instances.set(key, left);
    else instances.delete(key);
    if (instances.size > 0) this.#instancesOn.set(on, instances);
    else this.#instancesOn.delete(on);
  }
}

/** An instance of which a check flaps is told by its checks; its own status is one where it alone flaps. */
function countChecks(members: Iterable<FlapMemberName>): number {
  const checks = new Map<string, number>();
  for (const { subject, item } of members) {
    if (subject.kind !== 'instance') continue;
    checks.set(subject.key, (checks.get(subject.key) ?? 0) + (item === null ? 0 : 1));
  }
  return [...checks.values()].reduce((sum, count) => sum + Math.max(1, count), 0);
}

export function ownerOf({ kind, dc, service, node }: Subject): FlapOwner | null {
  if (kind === 'node') return node === null ? null : { kind, dc, name: node };
  return service === null ? null : { kind: 'service', dc, name: service };
}

export const ownerKey = ({ kind, dc, name }: FlapOwner): string =>
  kind === 'node' ? `node ${nodeKey(dc, name)}` : `service ${serviceKey(dc, name)}`;

const memberName = ({ kind, key }: Subject, item: string | null): string => JSON.stringify([kind, key, item]);
