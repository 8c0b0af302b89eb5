import type { Kysely, Transaction } from 'kysely';

/** The tables of a record. Columns that end in `_id` (and items of a transition) are ids of texts but where they name another table. */
export interface Tables {
  /** Every text of the record, once. */
  text: {
    id: number;
    /** `textHash`: finds a text by its content; two texts may share one. */
    hash: number;
    /** As `encodeText` gives it. */
    value: string;
  };
  subject: {
    id: number;
    /** `subjectCodes`. */
    kind: number;
    key: string;
    dc_id: number;
    service_id: number | null;
    node_id: number | null;
  };
  transition: {
    id: number;
    at_ms: number;
    subject_id: number;
    /** `kindCodes`. */
    kind: number;
    item_id: number | null;
    consul_index: number | null;
    from_id: number | null;
    to_id: number | null;
    /** `MERGED`, and the status of what is registered. */
    flags: number;
    unwatched_from_ms: number | null;
  };
  /** Runs of transitions without a hole: from a time to ids, in a table that is small enough to be read whole. */
  span: { first_id: number; last_id: number; min_ms: number; max_ms: number };
  gap: { id: number; dc_id: number; from_ms: number; to_ms: number | null; reason: string };
  /** Finished buckets. `service_id` 0: of the whole datacenter. */
  roll_up: RollUpRow;
  /** The newest bucket of each scope and tier: rewritten by every batch, hence kept together. */
  open_roll_up: RollUpRow;
  /** The state after transition `last_id`. */
  checkpoint: { last_id: number; at_ms: number; bytes: Uint8Array };
  /** One row. */
  recorder: {
    id: number;
    /** Grows with every pen that is taken. */
    term: number;
    holder: string;
    alive_ms: number | null;
  };
  /** `kind`, `id` and `body` as `encodeText` gives them. */
  document: { kind: string; id: string; body: string; version: number; written_at_ms: number };
  /** One row. */
  document_revision: { id: number; revision: number };
}

export interface RollUpRow {
  /** `tierCodes`. */
  tier: number;
  dc_id: number;
  service_id: number;
  at_ms: number;
  /** `packRollUp`. */
  counts: string;
}

export type Dialect = 'sqlite' | 'postgres';
export type Database = Kysely<Tables>;
/** A database, or a transaction on it. */
export type Queryable = Database | Transaction<Tables>;
