import type { TopologySource } from '@/lib/topology/topology-body';
import type { Clock } from '@/server/consul/clock';

/** So often a moment that alone moved is told anew, ms. */
const RESTAMP_MS = 30_000;

interface Kept extends TopologySource {
  readonly readAtMs: number | null;
}

/** How well each source of each datacenter is known. */
export class SourceStates {
  readonly #states = new Map<string, Kept>();

  constructor(
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** It has begun, and has not answered. */
  starts(name: string, dc: string): void {
    if (!this.#states.has(keyOf(name, dc))) this.#put({ name, dc, state: 'starting', reason: null, readAtMs: null });
  }

  /** @param reason a sentence: what of it is not as it should be */
  reads(name: string, dc: string, reason: string | null = null): void {
    this.#put({ name, dc, state: 'live', reason, readAtMs: this.clock.now() });
  }

  /** It does not answer: what it said last stands. */
  fails(name: string, dc: string, reason: string | null): void {
    const readAtMs = this.#states.get(keyOf(name, dc))?.readAtMs ?? null;
    this.#put({ name, dc, state: readAtMs === null ? 'starting' : 'old', reason, readAtMs });
  }

  /** This version of Consul, or these rights, do not have it. */
  lacks(name: string, dc: string, reason: string): void {
    this.#put({ name, dc, state: 'absent', reason, readAtMs: this.clock.now() });
  }

  forget(dc: string): void {
    const gone = [...this.#states].filter(([, state]) => state.dc === dc);
    for (const [key] of gone) this.#states.delete(key);
    if (gone.length > 0) this.onChange();
  }

  /** Sorted by name, then by datacenter. */
  list(): TopologySource[] {
    const sorted = [...this.#states].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([, { readAtMs: _, ...state }]) => state);
  }

  #put(state: Omit<Kept, 'lastReadAt'>): void {
    const key = keyOf(state.name, state.dc ?? '');
    const before = this.#states.get(key);
    const isSame = before?.state === state.state && before.reason === state.reason;
    if (before && isSame && (state.readAtMs ?? 0) - (before.readAtMs ?? 0) < RESTAMP_MS) return;
    const lastReadAt = state.readAtMs === null ? null : this.clock.iso(state.readAtMs);
    this.#states.set(key, { ...state, lastReadAt });
    this.onChange();
  }
}

const keyOf = (name: string, dc: string): string => `${name}\n${dc}`;
