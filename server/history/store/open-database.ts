import type { Database, Dialect } from './tables';

/** A database with the record's tables in it. */
export interface OpenDatabase {
  readonly db: Database;
  readonly dialect: Dialect;
  /** What it takes on its disk. */
  bytes(): Promise<number>;
  close(): Promise<void>;
}
