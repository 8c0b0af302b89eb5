import type { EdgeKind } from './topology-body';

/** One thing that says one edge, as a source tells it. Times are ms since 1970. */
export interface EdgeEvidence {
  /** Keys of services; `from` may be what nothing lists. A sidecar's stands for its service's. */
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** As a person names it. Hostile text. */
  readonly source: string;
  readonly seenAtMs: number;
  readonly allowed?: boolean | null;
  /** Percent of what goes by this way. */
  readonly share?: number | null;
  /** Of a failover, from 1. */
  readonly order?: number | null;
  readonly detail?: string | null;
  /** Whether intentions decide about it; absent: by its kind, a gateway's not. */
  readonly isGuarded?: boolean;
  /** Of what was counted. */
  readonly traffic?: {
    readonly ratePerSecond: number;
    readonly errorRatio: number | null;
    readonly p95Ms: number | null;
    /** When it was counted. */
    readonly atMs: number;
    /** Where the rate is 0: when traffic was last seen; null or absent: never. */
    readonly lastMs?: number | null;
  };
}

/** What one source says, whole: it takes the place of what it said before. */
export interface SourceTold {
  /** Unique: `sidecars dc1/front`, `entries dc1`, `observed HAProxy`. */
  readonly id: string;
  readonly edges: readonly EdgeEvidence[];
  /** Of nodes: a kind that is not `service`, that something stands in for it, what is wrong with it. */
  readonly nodes: readonly NodeEvidence[];
  /** It does not answer now: this is what it said last. */
  readonly isOld?: boolean;
  /** Of sources that count the same requests those of the lowest rank are shown; absent: 0. */
  readonly rank?: number;
}

export interface NodeEvidence {
  readonly key: string;
  readonly kind?: 'gateway' | 'database' | 'queue' | 'any';
  /** The key of the service that it is the sidecar of: it is no node of its own, and what names it names that. */
  readonly sidecarOf?: string;
  readonly failover?: readonly string[];
  readonly split?: Readonly<Record<string, number>>;
  readonly problem?: string;
}
