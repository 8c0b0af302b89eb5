import type { Gap, RecordedTransition, Subject, TransitionKind } from '@/lib/history/transition';

/** What is asked of the record to find what flapped. Each method rejects with an error whose message is a sentence. Times are ms since 1970. */
export interface FlapRecord {
  /**
   * Resolves once what was seen up to now stands in it, as far as it ever will: who writes it has begun to, and told what it did not watch.
   * @returns false: it cannot be written now, or nobody knows
   */
  settled(): Promise<boolean>;
  /** In the order of writing, those after `afterId`. */
  transitions(query: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly kinds: readonly TransitionKind[];
    readonly afterId: number | null;
    readonly limit: number;
  }): Promise<readonly RecordedTransition[]>;
  gaps(fromMs: number, toMs: number): Promise<readonly Gap[]>;
  /** The datacenters that it knew at a moment, and what was in maintenance there. */
  standing(atMs: number): Promise<{
    readonly datacenters: readonly string[];
    readonly maintained: readonly Subject[];
  }>;
}

/** What flapped when it was last written down. */
export interface FlapBefore {
  readonly subject: Subject;
  readonly item: string | null;
  /** ms since 1970. */
  readonly sinceMs: number;
}
