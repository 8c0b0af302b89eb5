import type { Began } from './condition-of';
import { judgedCount } from './instance-counts';
import type { JudgedService } from './service-conditions';

interface Part {
  readonly critical: number;
  readonly all: number;
  /** Of its critical instances the one that fell last; null: none is critical. */
  readonly newest: Began | null;
}

/** How many of a datacenter's instances are critical, of the services that a rule chooses: kept in step with each of them. */
export class ShareTally {
  readonly #datacenters = new Map<string, { critical: number; all: number; readonly parts: Map<string, Part> }>();

  of(dc: string): Pick<Part, 'critical' | 'all'> {
    return this.#datacenters.get(dc) ?? NOTHING;
  }

  /** When the last one fell that is critical there. */
  newestFall(dc: string): Began {
    const falls = [...(this.#datacenters.get(dc)?.parts.values() ?? [])].flatMap(({ newest }) => newest ?? []);
    return falls.reduce((a, b) => (b.sinceMs > a.sinceMs ? b : a), NEVER);
  }

  tell({ facts, counts, critical }: JudgedService): void {
    const newest = critical.reduce<Began | null>((a, b) => (a === null || b.sinceMs > a.sinceMs ? b : a), null);
    this.#place(facts.dc, facts.name, { critical: critical.length, all: judgedCount(counts), newest });
  }

  forget(dc: string, name: string): void {
    this.#place(dc, name, undefined);
  }

  forgetDatacenter(dc: string): void {
    this.#datacenters.delete(dc);
  }

  #place(dc: string, name: string, next: Part | undefined): void {
    const sum = this.#datacenters.get(dc) ?? { critical: 0, all: 0, parts: new Map<string, Part>() };
    const before = sum.parts.get(name) ?? NOTHING;
    sum.critical += (next?.critical ?? 0) - before.critical;
    sum.all += (next?.all ?? 0) - before.all;
    if (next) sum.parts.set(name, next);
    else sum.parts.delete(name);
    this.#datacenters.set(dc, sum);
  }
}

const NOTHING = { critical: 0, all: 0 } as const;
const NEVER: Began = { sinceMs: Number.NEGATIVE_INFINITY, sinceAtLeast: true };
