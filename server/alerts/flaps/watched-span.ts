import type { DatacenterRecord } from '@/lib/fleet/model';

/** What is asked of one datacenter to know whether somebody watches it. */
export interface Watching {
  /** Undefined: Consul does not name it (any more). */
  readonly record: DatacenterRecord | undefined;
  /** Everything was read once. */
  readonly synced: boolean;
  /** Watches that fail, or were not answered yet. */
  readonly notLive: number;
  /** Answers wait to be taken in. */
  readonly hasUnread: boolean;
}

/** What was held back on its way arrives with the first sign of life or soon after it, ms: until then it is not watched again. */
const SETTLES_WITHIN_MS = 1_000;
/** A watch that still fails so long after its datacenter is live again does not keep its gap open, ms. */
const READ_ANEW_WITHIN_MS = 10_000;

/**
 * When one datacenter was watched, told as the record tells it: what is seen in a gap, or is the first that is seen of something after it by an answer after a break,
 * happened at some moment since. Times are ms since 1970 by the machine's clock; it begins unwatched.
 */
export class WatchedSpan {
  #gapFromMs: number | null = 0;
  #lastGapFromMs = 0;
  /** On the steady clock; null: it is not live. */
  #liveSinceMs: number | null = null;
  /** What was not seen again since the gap. */
  #unseen = { service: new Set<string>(), node: new Set<string>() };

  get isWatched(): boolean {
    return this.#gapFromMs === null;
  }

  /**
   * To be asked several times a second.
   * @param known names of what is known in it
   * @returns from when on nobody watches it, or that it is watched again; null: as before
   */
  judge(
    watching: Watching,
    now: { readonly wallMs: number; readonly steadyMs: number },
    known: () => { readonly services: Iterable<string>; readonly nodes: Iterable<string> },
  ): { readonly edge: 'gap-begins' | 'gap-ends'; readonly atMs: number } | null {
    const { record, synced, notLive, hasUnread } = watching;
    const isLive = record?.freshness.state === 'live' && synced;
    this.#liveSinceMs = isLive ? (this.#liveSinceMs ?? now.steadyMs) : null;
    if (record?.freshness.state !== 'live') {
      const fromMs = now.wallMs - (record?.freshness.lastContactMs ?? 0);
      return this.#begin(fromMs, known) ? { edge: 'gap-begins', atMs: fromMs } : null;
    }
    if (this.#gapFromMs === null || this.#liveSinceMs === null) return null;
    const liveMs = now.steadyMs - this.#liveSinceMs;
    const isReadAnew = notLive === 0 || liveMs > READ_ANEW_WITHIN_MS;
    if (!isReadAnew || hasUnread || liveMs < SETTLES_WITHIN_MS) return null;
    this.#gapFromMs = null;
    return { edge: 'gap-ends', atMs: now.wallMs };
  }

  /** Since when what is seen now may have been so; 0: nobody knows; null: it was watched. @param afterGap the answer came after a break */
  see(kind: 'service' | 'node', name: string, afterGap: boolean, isNew: boolean): number | null {
    const first = this.#unseen[kind].delete(name);
    if (this.#gapFromMs !== null) return this.#gapFromMs;
    if (!afterGap) return null;
    if (first) return this.#lastGapFromMs;
    return isNew ? 0 : null;
  }

  #begin(fromMs: number, known: () => { readonly services: Iterable<string>; readonly nodes: Iterable<string> }) {
    if (this.#gapFromMs !== null) return false;
    const { services, nodes } = known();
    this.#unseen = { service: new Set(services), node: new Set(nodes) };
    this.#gapFromMs = fromMs;
    this.#lastGapFromMs = fromMs;
    return true;
  }
}
