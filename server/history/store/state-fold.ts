import type { StatusTally } from '@/lib/history/roll-up';
import { kindCodes, statusInFlags, statusOf, subjectCodes } from './codes';
import type { SubjectIds } from './subject-table';
import type { Tables } from './tables';

/** What a fold needs of a transition, besides its subject. */
export type FoldRow = Pick<Tables['transition'], 'at_ms' | 'kind' | 'item_id' | 'consul_index' | 'to_id' | 'flags'>;

/** What is present of one subject, in ids of texts; 0: none. */
export interface Held {
  readonly subject: SubjectIds;
  status: number;
  sinceMs: number;
  /** Of an instance and a node: its record when it was registered; of a datacenter its freshness; of configuration its content. */
  content: number;
  /** What changed since then, flat triples: kind of the transition, item (0: none), newest `to`. */
  changes: number[];
  /** Of a service and a node: the highest of Consul's indexes among its (and its instances') transitions; 0: none. */
  index: number;
}

/** How a transition moved an instance from one status to another; null: from or to not being there. */
export interface Move {
  readonly dc: number;
  readonly service: number;
  readonly before: keyof StatusTally | null;
  readonly after: keyof StatusTally | null;
}

const NONE: number[] = [];
const PARTS: ReadonlySet<number> = new Set(
  (['check', 'version', 'tags', 'meta', 'weights', 'address'] as const).map((kind) => kindCodes[kind]),
);
const HAS_INDEX: ReadonlySet<number> = new Set([subjectCodes.service, subjectCodes.node]);
const CONFIGURATION: ReadonlySet<number> = new Set(
  (['config-entry', 'intention', 'kv'] as const).map((kind) => subjectCodes[kind]),
);

/**
 * The fold of transitions over what is present, in numbers alone: fifty thousand instances take some ten megabytes, and folding a hundred thousand
 * transitions asks for no text.
 */
export class StateFold {
  readonly held = new Map<number, Held>();
  /** Ids of the subjects of services by datacenter and name. */
  readonly #services = new Map<number, Map<number, number>>();

  /** Takes one transition in; tells where it moved an instance. */
  apply(row: FoldRow, subject: SubjectIds): Move | null {
    if (row.consul_index !== null) this.#noteIndex(subject, row.consul_index);
    if (row.kind === kindCodes.registered) return this.#register(row, subject);
    if (row.kind === kindCodes.deregistered) return this.#deregister(subject);
    if (subject.kind === subjectCodes.datacenter) {
      if (row.kind === kindCodes.freshness) this.#present(row, subject).content = row.to_id ?? 0;
      if (row.kind === kindCodes.leader) change(this.#present(row, subject), row.kind, 0, row.to_id ?? 0);
      return null;
    }
    if (CONFIGURATION.has(subject.kind)) {
      if (row.kind !== kindCodes.configuration) return null;
      if (row.to_id === null) this.held.delete(subject.id);
      else this.#present(row, subject).content = row.to_id;
      return null;
    }
    const held = this.held.get(subject.id);
    if (held === undefined) return null;
    if (row.kind === kindCodes.status) return this.#turn(held, row);
    if (PARTS.has(row.kind)) change(held, row.kind, row.item_id ?? 0, row.to_id ?? 0);
    return null;
  }

  /** Puts back what a checkpoint kept. */
  restore(held: Held): void {
    this.held.set(held.subject.id, held);
    if (held.subject.kind === subjectCodes.service) this.#nameService(held.subject);
  }

  service(dc: number, name: number): Held | undefined {
    const id = this.#services.get(dc)?.get(name);
    return id === undefined ? undefined : this.held.get(id);
  }

  #register(row: FoldRow, subject: SubjectIds): Move | null {
    const before = this.held.get(subject.id);
    const status = statusInFlags(row.flags);
    const index = HAS_INDEX.has(subject.kind) ? (row.consul_index ?? 0) : 0;
    this.held.set(subject.id, { subject, status, sinceMs: row.at_ms, content: row.to_id ?? 0, changes: NONE, index });
    if (subject.kind === subjectCodes.service) this.#nameService(subject);
    return moved(subject, before === undefined ? null : before.status, statusOf(status));
  }

  #deregister(subject: SubjectIds): Move | null {
    const before = this.held.get(subject.id);
    this.held.delete(subject.id);
    if (subject.kind === subjectCodes.service) this.#services.get(subject.dc)?.delete(subject.service);
    return before === undefined ? null : moved(subject, before.status, null);
  }

  #turn(held: Held, { to_id, at_ms }: FoldRow): Move | null {
    const before = held.status;
    held.status = to_id ?? 0;
    held.sinceMs = at_ms;
    return moved(held.subject, before, statusOf(held.status));
  }

  #present({ at_ms }: FoldRow, subject: SubjectIds): Held {
    const held = this.held.get(subject.id) ?? {
      subject,
      status: 0,
      sinceMs: at_ms,
      content: 0,
      changes: NONE,
      index: 0,
    };
    this.held.set(subject.id, held);
    return held;
  }

  #nameService(subject: SubjectIds): void {
    const names = this.#services.get(subject.dc) ?? new Map<number, number>();
    names.set(subject.service, subject.id);
    this.#services.set(subject.dc, names);
  }

  #noteIndex(subject: SubjectIds, index: number): void {
    const held =
      subject.kind === subjectCodes.node ? this.held.get(subject.id) : this.service(subject.dc, subject.service);
    if (held !== undefined) held.index = Math.max(held.index, index);
  }
}

function moved({ kind, dc, service }: SubjectIds, before: number | null, after: Move['after']): Move | null {
  if (kind !== subjectCodes.instance) return null;
  return { dc, service, before: before === null ? null : statusOf(before), after };
}

function change(held: Held, kind: number, item: number, to: number): void {
  const { changes } = held;
  for (let at = 0; at < changes.length; at += 3) {
    if (changes[at] !== kind || changes[at + 1] !== item) continue;
    changes[at + 2] = to;
    return;
  }
  // An array that grows by itself keeps room for fourteen more.
  held.changes = [...changes, kind, item, to];
}
