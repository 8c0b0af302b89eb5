import { foldEdgeTransitions } from '@/lib/topology/past-topology';
import type { RecordedEdge } from '@/lib/topology/recorded-edge';
import { foldSwitchTransitions } from '@/lib/topology/recorded-switch';
import type { FailoverSwitch } from '@/lib/topology/topology-body';
import type { RecordReader, TransitionQuery } from '@/server/history/record-store';
import { pagesOf } from './read-on';

type Edges = ReadonlyMap<string, RecordedEdge>;

/** Moments within one of these begin with the same edges, ms. */
const PIECE_MS = 6 * 3_600_000;
const MOST_PIECES = 8;
/** A batch is written a moment after what it tells: before that a piece is not kept, ms. */
const SETTLED_MS = 10_000;
const MOST_SWITCHES = 200;

const ALL = { dc: null, service: null, node: null, instance: null } as const;
const edgesBetween = (fromMs: number, toMs: number): Omit<TransitionQuery, 'limit'> => ({
  ...{ ...ALL, fromMs, toMs, kinds: ['edge'], order: 'oldest-first', afterId: null },
});

/** Edges of past moments. Who plays the past asks for many that are close: what they share is read once. */
export class PastEdges {
  /** By the moment with which a piece begins. */
  readonly #pieces = new Map<number, Promise<Edges>>();

  constructor(
    private readonly reader: RecordReader,
    private readonly nowMs: () => number,
  ) {}

  /** @throws RecordError */
  async at(atMs: number): Promise<Edges> {
    const beginMs = Math.floor(atMs / PIECE_MS) * PIECE_MS;
    return this.#folded(await this.#beginning(beginMs), beginMs, atMs + 1);
  }

  #beginning(beginMs: number): Promise<Edges> {
    const known = this.#pieces.get(beginMs);
    if (known) return known;
    const piece = this.#folded(new Map(), 0, beginMs);
    if (this.nowMs() - beginMs < SETTLED_MS) return piece;
    this.#pieces.set(beginMs, piece);
    piece.catch(() => this.#pieces.delete(beginMs));
    const [oldest] = this.#pieces.keys();
    if (this.#pieces.size > MOST_PIECES && oldest !== undefined) this.#pieces.delete(oldest);
    return piece;
  }

  async #folded(before: Edges, fromMs: number, toMs: number): Promise<Edges> {
    let edges = before;
    for await (const page of pagesOf(this.reader, edgesBetween(fromMs, toMs))) edges = foldEdgeTransitions(edges, page);
    return edges;
  }
}

/** What the record holds of edges now, and when it was written, ms since 1970. @throws RecordError */
export async function readRecordedEdges(
  reader: RecordReader,
): Promise<Map<string, { readonly text: string; readonly atMs: number }>> {
  const edges = new Map<string, { text: string; atMs: number }>();
  for await (const page of pagesOf(reader, edgesBetween(0, Number.MAX_SAFE_INTEGER))) {
    for (const { item, to, observedAtMs } of page) {
      if (item === null) continue;
      if (to === null) edges.delete(item);
      else edges.set(item, { text: to, atMs: observedAtMs });
    }
  }
  return edges;
}

/** Switches as they stood at a moment, the newest first. @throws RecordError */
export async function readSwitches(reader: RecordReader, atMs: number): Promise<FailoverSwitch[]> {
  const asked = { ...ALL, fromMs: 0, toMs: atMs + 1, kinds: ['failover' as const], afterId: null };
  return foldSwitchTransitions(await reader.transitions({ ...asked, order: 'newest-first', limit: MOST_SWITCHES }));
}
