import type {
  LastRecordedNode,
  PastDatacenter,
  PastSummary,
  RecordedConfiguration,
  RecordedService,
} from '@/lib/history/recorded';
import type { RollUp, StatusTally, Tier } from '@/lib/history/roll-up';
import type { Gap, RecordedTransition, Subject, Transition, TransitionKind } from '@/lib/history/transition';

/** Where the record is kept: SQLite or PostgreSQL, behind one interface and one test suite. Times are ms since 1970. */

/** One batch: written whole or not at all. */
export interface RecordBatch {
  /** In the order in which they were seen. */
  readonly transitions: readonly Transition[];
  readonly gaps: readonly GapChange[];
  /** Until when everything is watched and in this batch or an earlier one; after a crash the gap begins here. */
  readonly aliveMs: number;
}

export interface GapChange {
  readonly op: 'begin' | 'end';
  readonly dc: string;
  readonly atMs: number;
  /** Of a `begin`. */
  readonly reason: string;
}

/** What the last writer left behind. */
export interface LeftBehind {
  /** Null: the record is empty. */
  readonly aliveMs: number | null;
  readonly openGaps: readonly Gap[];
  /** Last recorded freshness by datacenter; one that is recorded as deregistered is not among them. */
  readonly freshness: ReadonlyMap<string, string>;
  /** Last recorded Consul leader by datacenter; none where there was none. */
  readonly leaders: ReadonlyMap<string, string>;
}

/**
 * The one pen. Taking it makes every earlier one fail at its next batch, in this process or another, so that nothing is written twice.
 * Each method rejects with a `RecordError`.
 */
export interface RecordWriter {
  /** @param holder the replica's name */
  takePen(holder: string): Promise<LeftBehind>;
  /** Resolves once it is durable. Rejects with code `pen-lost` where another has taken the pen, and then nothing was written. */
  append(batch: RecordBatch): Promise<void>;
  /** Names of services and of nodes that the record holds for present. */
  recordedNames(dc: string): Promise<{ readonly services: readonly string[]; readonly nodes: readonly string[] }>;
  recordedService(dc: string, name: string): Promise<RecordedService | undefined>;
  recordedNode(dc: string, name: string): Promise<LastRecordedNode | undefined>;
  /** Entries, intentions and keys that the record holds for present in a datacenter. */
  recordedConfiguration(dc: string): Promise<readonly RecordedConfiguration[]>;
  close(): Promise<void>;
}

export interface TransitionQuery {
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
  readonly dc: string | null;
  /** A service's name: its own transitions and those of its instances. */
  readonly service: string | null;
  /** A node's name: its own and those of the instances on it. */
  readonly node: string | null;
  /** An instance's key. */
  readonly instance: string | null;
  readonly kinds: readonly TransitionKind[] | null;
  readonly order: 'newest-first' | 'oldest-first';
  /** Only ids below (newest first) or above (oldest first) this one; null: from the start. */
  readonly afterId: number | null;
  /** At most so many. */
  readonly limit: number;
}

export interface ScopedRollUps {
  /** Of a datacenter or a service. */
  readonly scope: Subject;
  /** The row before the range, to be carried forward; null: nothing is recorded before. */
  readonly before: RollUp | null;
  /** Rows of the range in order. */
  readonly rows: readonly RollUp[];
}

export interface RecordReader {
  transitions(query: TransitionQuery): Promise<readonly RecordedTransition[]>;
  /** Of datacenters (minute, hour, day) or services (hour, day; the minutes of a service are read off its transitions). */
  rollUps(query: {
    readonly tier: Tier;
    readonly kind: 'datacenter' | 'service';
    /** Null: all. */
    readonly dc: string | null;
    readonly service: string | null;
    readonly fromMs: number;
    readonly toMs: number;
  }): Promise<readonly ScopedRollUps[]>;
  /** Every datacenter, or one, as it stood at this moment: the nearest checkpoint before it and the transitions since. */
  past(atMs: number, dc: string | null): Promise<readonly PastDatacenter[]>;
  /** The same in sums, which is much cheaper: without its instances and nodes. */
  pastSummary(atMs: number, dc: string | null): Promise<readonly PastSummary[]>;
  /** Instances of one service, node or alone, as they stood at this moment. Cheaper than `past`. */
  pastInstances(
    atMs: number,
    of: {
      readonly dc: string;
      readonly service: string | null;
      readonly node: string | null;
      readonly instance: string | null;
    },
  ): Promise<readonly { readonly subject: Subject; readonly status: keyof StatusTally; readonly sinceMs: number }[]>;
  gaps(fromMs: number, toMs: number, dc: string | null): Promise<readonly Gap[]>;
  facts(): Promise<{
    readonly oldestMs: number | null;
    readonly newestMs: number | null;
    readonly transitions: number;
    readonly bytes: number | null;
  }>;
  close(): Promise<void>;
}

/**
 * Small documents beside the record, which need no pen: any replica writes them. Each method rejects with a `RecordError`.
 * A version is the revision that wrote it, so that one which is removed and made anew never has an earlier one's.
 */
export interface RecordDocuments {
  /** All of a kind, sorted by id. */
  all(kind: string): Promise<readonly RecordDocument[]>;
  /**
   * @param expected its version before; 0: there must be none; null: whatever stands is overwritten
   * @returns the new version; null: it was not as expected, and nothing was written
   */
  put(kind: string, id: string, body: string, expected: number | null): Promise<number | null>;
  /** @returns whether it was there as expected; `expected` as above */
  remove(kind: string, id: string, expected: number | null): Promise<boolean>;
  /** Grows with every write of anybody. */
  revision(): Promise<number>;
}

export interface RecordDocument {
  readonly id: string;
  readonly body: string;
  /** From 1. */
  readonly version: number;
  readonly writtenAtMs: number;
}

export type RecordErrorCode =
  | 'pen-lost'
  | 'disk-full'
  | 'read-only'
  | 'unreachable'
  | 'newer-version'
  | 'locked'
  | 'corrupt'
  | 'failed';

/** Its message is a sentence for a person. */
export class RecordError extends Error {
  constructor(
    readonly code: RecordErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RecordError';
  }
}
