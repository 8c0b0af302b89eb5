import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { migrate, refuseNewer } from './migrations';
import type { OpenDatabase } from './open-database';
import { statementsOf } from './sqlite-statements';
import type { Tables } from './tables';

/** Pages that a connection keeps in memory, in KiB (a negative number means that): writer and reader have one connection each. */
const CACHE_KIB = 8_192;
/** A reader that is folding a past moment may hold up a checkpoint of the log for a while, never a write. */
const BUSY_MS = 5_000;
/** The log is cut to this when it was longer, bytes. */
const LOG_BYTES = 16 * 1_048_576;

/** Pages given back to the disk in one step; so many may stay for what comes next. */
const PAGES_GIVEN_BACK = 256;
const PAGES_KEPT = 1_024;

export const sqliteFile = (folder: string): string => join(folder, 'history.sqlite');

/** The record in a file for one who writes it; made where there is none. */
export async function openSqliteForWriting(folder: string): Promise<OpenDatabase> {
  return opened(sqliteFile(folder), {}, async (sqlite, { db }) => {
    // Only before the first table: what is deleted can then be given back to the disk in small steps.
    sqlite.pragma('auto_vacuum = INCREMENTAL');
    sqlite.pragma('journal_mode = WAL');
    // In WAL mode a commit is safe from the end of the process, however sudden; a machine that loses power may lose the last moments, never the whole.
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma(`journal_size_limit = ${LOG_BYTES}`);
    await migrate(db, 'sqlite');
  });
}

/** The record in a file that another connection writes, perhaps of another process. */
export async function openSqliteForReading(folder: string): Promise<OpenDatabase> {
  return opened(sqliteFile(folder), { fileMustExist: true }, async (sqlite, { db }) => {
    sqlite.pragma('query_only = 1');
    await refuseNewer(db, 'sqlite');
  });
}

/** Reads the whole file. @throws an error of the code `SQLITE_CORRUPT` where it is damaged */
export async function checkSqlite({ db }: OpenDatabase): Promise<void> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const finding = rows[0]?.quick_check ?? 'ok';
  if (finding !== 'ok') throw new Sqlite.SqliteError(finding, 'SQLITE_CORRUPT');
}

async function opened(
  file: string,
  options: Sqlite.Options,
  begin: (sqlite: Sqlite.Database, database: OpenDatabase) => Promise<void>,
): Promise<OpenDatabase> {
  const sqlite = new Sqlite(file, { timeout: BUSY_MS, ...options });
  try {
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: statementsOf(sqlite) }) });
    const database: OpenDatabase = {
      ...{ db, dialect: 'sqlite' },
      bytes: async () => sizeOf(file) + sizeOf(`${file}-wal`),
      usedBytes: async () => {
        const [pages, free] = [pragma(sqlite, 'page_count'), pragma(sqlite, 'freelist_count')];
        return (pages - free) * pragma(sqlite, 'page_size');
      },
      giveBack: async () => {
        sqlite.pragma(`incremental_vacuum(${PAGES_GIVEN_BACK})`);
        return pragma(sqlite, 'freelist_count') > PAGES_KEPT;
      },
      close: () => db.destroy(),
    };
    await begin(sqlite, database);
    return database;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

const pragma = (sqlite: Sqlite.Database, name: string): number => Number(sqlite.pragma(name, { simple: true }));

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
