import { keySegments } from '@/lib/fleet/keys';
import type { SourceTold } from '@/lib/topology/edge-evidence';
import type { TopologyTold } from './told';

/** So old may be the moment at which something was last seen to stand, ms: each renewal of it goes out to everyone who looks. */
const EVERY_MS = 15 * 60_000;
/** Of one tick, so that what was told at once is not all told again at once. */
const MOST_AT_ONCE = 100;

interface Kept {
  readonly source: SourceTold;
  readonly dc: string;
  readonly atMs: number;
}

/**
 * Says of what is only told when it changes that it still stands, as long as its datacenter is watched: else what has been so for a month would be shown as last
 * seen a month ago.
 */
export class Restamped implements TopologyTold {
  /** Who was told longest ago stands first. */
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly told: TopologyTold,
    private readonly isLive: (dc: string) => boolean,
  ) {}

  tell(source: SourceTold, nowMs: number): void {
    this.#keep(source, nowMs);
    this.told.tell(source, nowMs);
  }

  untell(id: string): void {
    this.#kept.delete(id);
    this.told.untell(id);
  }

  roundTrips(dc: string, roundTripMs: Readonly<Record<string, number>>): void {
    this.told.roundTrips(dc, roundTripMs);
  }

  tick(nowMs: number): void {
    const due: SourceTold[] = [];
    for (const { source, dc, atMs } of this.#kept.values()) {
      if (nowMs - atMs < EVERY_MS || due.length >= MOST_AT_ONCE) break;
      if (this.isLive(dc)) due.push(source);
    }
    for (const source of due) {
      const edges = source.edges.map((edge) => ({ ...edge, seenAtMs: nowMs }));
      this.tell({ ...source, edges }, nowMs);
    }
  }

  /** What tells of nodes alone bears no moment. */
  #keep(source: SourceTold, atMs: number): void {
    this.#kept.delete(source.id);
    const [edge] = source.edges;
    const [dc] = (edge && keySegments(edge.from)) ?? [];
    if (dc !== undefined) this.#kept.set(source.id, { source, dc, atMs });
  }
}
