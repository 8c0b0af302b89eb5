import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from './migrations';
import type { OpenDatabase } from './open-database';
import type { Tables } from './tables';

/** Pages that a connection keeps in memory, in KiB (a negative number means that): writer and reader have one connection each. */
const CACHE_KIB = 8_192;
/** A reader that is folding a past moment may hold up a checkpoint of the log for a while, never a write. */
const BUSY_MS = 5_000;
/** The log is cut to this when it was longer, bytes. */
const LOG_BYTES = 16 * 1_048_576;

export const sqliteFile = (folder: string): string => join(folder, 'history.sqlite');

/** The record in a file for one who writes it; made where there is none. */
export async function openSqliteForWriting(folder: string): Promise<OpenDatabase> {
  mkdirSync(folder, { recursive: true });
  const file = sqliteFile(folder);
  const sqlite = new Sqlite(file, { timeout: BUSY_MS });
  try {
    // Only before the first table: what is deleted can then be given back to the disk in small steps.
    sqlite.pragma('auto_vacuum = INCREMENTAL');
    sqlite.pragma('journal_mode = WAL');
    // In WAL mode a commit is safe from the end of the process, however sudden; a machine that loses power may lose the last moments, never the whole.
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    sqlite.pragma(`journal_size_limit = ${LOG_BYTES}`);
    const database = opened(sqlite, file);
    await migrate(database.db, 'sqlite');
    return database;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** The record in a file that another connection writes, perhaps of another process. */
export function openSqliteForReading(folder: string): OpenDatabase {
  const file = sqliteFile(folder);
  const sqlite = new Sqlite(file, { timeout: BUSY_MS, fileMustExist: true });
  sqlite.pragma('query_only = 1');
  sqlite.pragma(`cache_size = -${CACHE_KIB}`);
  return opened(sqlite, file);
}

function opened(sqlite: Sqlite.Database, file: string): OpenDatabase {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  return {
    ...{ db, dialect: 'sqlite' },
    bytes: async () => sizeOf(file) + sizeOf(`${file}-wal`),
    close: () => db.destroy(),
  };
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
