/** How many instances of a scope (a datacenter or a service) are in each status at one moment. */
export interface StatusTally {
  readonly passing: number;
  readonly warning: number;
  readonly critical: number;
  readonly maintenance: number;
  readonly unknown: number;
}

export const tiers = ['minute', 'hour', 'day'] as const;
export type Tier = (typeof tiers)[number];

export const tierMs: Readonly<Record<Tier, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * One row of a roll-up: a bucket of one tier (UTC) of one scope in which something changed. A bucket without a row was throughout as the row before
 * it ended.
 */
export interface RollUp {
  /** Start of the bucket, ms since 1970. */
  readonly atMs: number;
  /** Its worst moment, one consistent picture. */
  readonly worst: StatusTally;
  /** As it stood at `countedToMs`, and hence until the bucket's end. */
  readonly last: StatusTally;
  /** Instance-ms in each status from the bucket's start to `countedToMs`, without the gaps. */
  readonly instanceMs: StatusTally;
  /** How much of that span lies in gaps or before the scope's first moment, ms. Where it is all of it, `worst` says nothing. */
  readonly gapMs: number;
  readonly countedToMs: number;
}
