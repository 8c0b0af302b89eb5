import type { Database, Dialect, Queryable } from './tables';

/** A database with the record's tables in it. */
export interface OpenDatabase {
  readonly db: Database;
  readonly dialect: Dialect;
  /** What it takes on its disk. */
  bytes(): Promise<number>;
  /** Of that, what holds something: what was deleted is not at once given back. */
  usedBytes(db: Queryable): Promise<number>;
  /** Gives a little of what was deleted back to the disk; whether there is more. */
  giveBack(): Promise<boolean>;
  close(): Promise<void>;
}
