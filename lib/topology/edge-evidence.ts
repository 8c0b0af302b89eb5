import type { EdgeKind } from './topology-body';

/** One thing that says one edge, as a source tells it. Times are ms since 1970. */
export interface EdgeEvidence {
  /** Keys of services; `from` may be what nothing lists. */
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
  /** Of what was counted. */
  readonly traffic?: {
    readonly ratePerSecond: number;
    readonly errorRatio: number | null;
    readonly p95Ms: number | null;
    readonly atMs: number;
  };
}

/** What one source says, whole: it takes the place of what it said before. */
export interface SourceTold {
  /** Unique: `sidecars dc1/front`, `entries dc1`, `observed HAProxy`. */
  readonly id: string;
  readonly edges: readonly EdgeEvidence[];
  /** Of nodes: a kind that is not `service`, that something stands in for it, what is wrong with it. */
  readonly nodes: readonly NodeEvidence[];
}

export interface NodeEvidence {
  readonly key: string;
  readonly kind?: 'gateway' | 'database' | 'queue' | 'any';
  readonly failover?: readonly string[];
  readonly split?: Readonly<Record<string, number>>;
  readonly problem?: string;
}
