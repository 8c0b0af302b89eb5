import type { Change } from '@/lib/stream/protocol';
import { edgeEnds } from '@/lib/topology/edge-key';
import { edgeRecord } from '@/lib/topology/recorded-edge';
import type { TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import type { Clock, Timer } from '@/server/consul/clock';

/** What the record holds of an edge. */
interface Held {
  readonly text: string;
  /** When that was written, ms since 1970 by the machine's clock. */
  readonly atMs: number;
}

export interface EdgeRecordOptions {
  readonly book: {
    parts(): { readonly edges: readonly TopologyEdge[] };
    node(key: string): TopologyNode | null;
    edge(key: string): TopologyEdge | null;
    edgesFrom(node: string): readonly TopologyEdge[];
    edgesTo(node: string): readonly TopologyEdge[];
  };
  /** Whether this process writes the record now; `following`: another one does; else it will, once it can. */
  state(): 'opening' | 'writing' | 'following' | 'down';
  /** Every source has been read: what is not in the book is not there. */
  isSettled(): boolean;
  /** What the record holds. Rejects where it cannot be read for now. */
  load(): Promise<ReadonlyMap<string, Held>>;
  recorded(edge: string, from: string | null, to: string | null): void;
  /** What was written longer ago is written again, for the record forgets what is old, ms. */
  readonly restateAfterMs: number;
  readonly clock: Clock;
}

const TICK_MS = 1_000;
/** A source that is never read keeps the record from beginning for so long, ms. */
const PATIENCE_MS = 60_000;
const LOAD_AGAIN_MS = 5_000;
const ALL_EVERY_MS = 3_600_000;

/** Writes down edges as they come, change and go, while this process writes the record. What changed while nobody did is written once somebody does. */
export class EdgeRecord {
  readonly #options: EdgeRecordOptions;
  /** Null: what the record holds is not known. */
  #held: Map<string, Held> | null = null;
  readonly #dirty = new Set<string>();
  #startedAtMs = 0;
  #allAtMs = 0;
  #timer: Timer | null = null;

  constructor(options: EdgeRecordOptions) {
    this.#options = options;
  }

  /** What went out in the topic `topology`. */
  look(changes: readonly Change[]): void {
    if (this.#held === null) return;
    const { book } = this.#options;
    for (const { key } of changes) {
      if (key.includes('>')) this.#dirty.add(key);
      // An edge tells what its ends are.
      else if (key.indexOf('/') > 0)
        for (const edge of [...book.edgesFrom(key), ...book.edgesTo(key)]) this.#dirty.add(edge.key);
    }
  }

  start(): void {
    this.#startedAtMs = this.#options.clock.now();
    this.#later(TICK_MS);
  }

  stop(): void {
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #later(delayMs: number): void {
    this.#timer = this.#options.clock.setTimeout(() => void this.#tick(), delayMs);
  }

  async #tick(): Promise<void> {
    const timer = this.#timer;
    const isDone = await this.#bringUp().catch(() => false);
    // It was stopped meanwhile.
    if (this.#timer === timer && timer !== null) this.#later(isDone ? TICK_MS : LOAD_AGAIN_MS);
  }

  async #bringUp(): Promise<boolean> {
    const { state, isSettled, load, clock } = this.#options;
    const nowMs = clock.now();
    const now = state();
    // Another one writes what this one will not know of.
    if (now === 'following') this.#held = null;
    if (now !== 'writing') return true;
    if (this.#held === null) {
      if (!isSettled() && nowMs - this.#startedAtMs < PATIENCE_MS) return true;
      this.#held = new Map(await load());
      this.#allAtMs = Number.NEGATIVE_INFINITY;
    }
    if (nowMs - this.#allAtMs >= ALL_EVERY_MS) {
      this.#allAtMs = nowMs;
      for (const key of this.#held.keys()) this.#dirty.add(key);
      for (const { key } of this.#options.book.parts().edges) this.#dirty.add(key);
    }
    for (const key of this.#dirty) this.#write(key, this.#held);
    this.#dirty.clear();
    return true;
  }

  #write(key: string, held: Map<string, Held>): void {
    const { book, recorded, restateAfterMs, clock } = this.#options;
    const edge = book.edge(key);
    const [from, to] = edgeEnds(key);
    const text = edge && edgeRecord(edge, book.node(from), book.node(to));
    const before = held.get(key);
    const atMs = Date.parse(clock.iso(clock.now()));
    if (text === (before?.text ?? null) && (!before || atMs - before.atMs < restateAfterMs)) return;
    recorded(key, before?.text ?? null, text);
    if (text === null) held.delete(key);
    else held.set(key, { text, atMs });
  }
}
