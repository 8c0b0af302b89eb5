import { applyToNode, applyToService } from '@/lib/history/apply-transition';
import type { LastRecordedNode, RecordedConfiguration, RecordedNode, RecordedService } from '@/lib/history/recorded';
import type { ServiceState } from '@/lib/history/service-transitions';
import type { Gap, Transition } from '@/lib/history/transition';
import { type LeftBehind, type RecordBatch, RecordError, type RecordWriter } from '@/server/history/record-store';

/** What all writers of one record share. */
export class MemoryBook {
  readonly transitions: Transition[] = [];
  readonly gaps: { dc: string; fromMs: number; toMs: number | null; reason: string }[] = [];
  aliveMs: number | null = null;
  term = 0;
}

/** A pen of a record in memory. Set, `failure` meets every call; `failsAfterWriting` lets a batch be written whose end is never told. */
export class MemoryWriter implements RecordWriter {
  failure: RecordError | null = null;
  failsAfterWriting = false;
  #term = 0;

  constructor(private readonly book: MemoryBook) {}

  async takePen(): Promise<LeftBehind> {
    this.#check();
    this.book.term += 1;
    this.#term = this.book.term;
    const freshness = new Map<string, string>();
    const leaders = new Map<string, string>();
    for (const { subject, kind, to } of this.book.transitions) {
      if (subject.kind !== 'datacenter') continue;
      if (kind === 'freshness') freshness.set(subject.dc, to ?? '');
      if (kind === 'leader') leaders.set(subject.dc, to ?? '');
      if (kind === 'deregistered') freshness.delete(subject.dc);
    }
    const openGaps: Gap[] = this.book.gaps.filter(({ toMs }) => toMs === null).map((gap) => ({ ...gap }));
    return { aliveMs: this.book.aliveMs, openGaps, freshness, leaders };
  }

  async append({ transitions, gaps, aliveMs }: RecordBatch): Promise<void> {
    this.#check();
    if (this.#term !== this.book.term) throw new RecordError('pen-lost', 'Another replica writes the history now.');
    this.book.transitions.push(...transitions);
    for (const { op, dc, atMs, reason } of gaps) {
      const open = this.book.gaps.find((gap) => gap.dc === dc && gap.toMs === null);
      if (op === 'begin') this.book.gaps.push({ dc, fromMs: atMs, toMs: null, reason });
      else if (open) open.toMs = atMs;
    }
    this.book.aliveMs = aliveMs;
    if (!this.failsAfterWriting) return;
    this.failsAfterWriting = false;
    throw new RecordError('unreachable', 'The connection broke.');
  }

  async recordedNames(dc: string) {
    this.#check();
    const { services, nodes } = this.#fold(dc);
    return { services: [...services.keys()], nodes: [...nodes.keys()] };
  }

  async recordedService(dc: string, name: string): Promise<RecordedService | undefined> {
    this.#check();
    const state = this.#fold(dc).services.get(name);
    return state && { ...state, name, lastIndex: this.#lastIndex(dc, (one) => one.service === name) };
  }

  async recordedNode(dc: string, name: string): Promise<LastRecordedNode | undefined> {
    this.#check();
    const state = this.#fold(dc).nodes.get(name);
    return state && { ...state, lastIndex: this.#lastIndex(dc, (one) => one.kind === 'node' && one.node === name) };
  }

  async recordedConfiguration(dc: string): Promise<readonly RecordedConfiguration[]> {
    this.#check();
    const contents = new Map<string, RecordedConfiguration>();
    for (const { subject, kind, to } of this.book.transitions) {
      if (subject.dc !== dc || kind !== 'configuration') continue;
      const name = `${subject.kind} ${subject.key}`;
      if (to === null) contents.delete(name);
      else contents.set(name, { kind: subject.kind as RecordedConfiguration['kind'], key: subject.key, content: to });
    }
    return [...contents.values()];
  }

  async close(): Promise<void> {}

  #check(): void {
    if (this.failure) throw this.failure;
  }

  #fold(dc: string): { services: Map<string, ServiceState>; nodes: Map<string, RecordedNode> } {
    const services = new Map<string, ServiceState>();
    const nodes = new Map<string, RecordedNode>();
    for (const transition of this.book.transitions) {
      const { kind, dc: own, service, node } = transition.subject;
      if (own !== dc) continue;
      if (kind === 'node' && node !== null) put(nodes, node, applyToNode(nodes.get(node), transition));
      if (kind !== 'node' && service !== null) {
        put(services, service, applyToService(services.get(service), transition));
      }
    }
    return { services, nodes };
  }

  #lastIndex(dc: string, isOf: (subject: Transition['subject']) => boolean): number | null {
    const own = this.book.transitions.filter(({ subject }) => subject.dc === dc && isOf(subject));
    const indexes = own.flatMap(({ index }) => index ?? []);
    return indexes.length === 0 ? null : Math.max(...indexes);
  }
}

function put<State>(states: Map<string, State>, name: string, state: State | undefined): void {
  if (state === undefined) states.delete(name);
  else states.set(name, state);
}
