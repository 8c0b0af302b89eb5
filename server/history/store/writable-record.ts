import { mkdirSync } from 'node:fs';
import type { RecordPlace } from '@/server/config/history-settings';
import { LockFile } from './lock-file';
import type { OpenDatabase } from './open-database';
import { openPostgres } from './postgres-database';
import { checkSqlite, openSqliteForWriting } from './sqlite-database';

/** A record that this process may write. */
export interface WritableRecord {
  readonly database: OpenDatabase;
  /** Reads a whole file, and fails where it is damaged; of PostgreSQL its own matter. */
  examine(): Promise<void>;
  close(): Promise<void>;
}

/** @throws what the database throws, or a RecordError: `locked`, `newer-version` */
export async function openForWriting(place: RecordPlace): Promise<WritableRecord> {
  if (place.kind === 'postgres') {
    const database = await openPostgres(place.url, 1);
    return { database, examine: async () => {}, close: () => database.close() };
  }
  // A record may hold values of keys: a folder that is made for it is its owner's.
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  const lock = new LockFile(place.folder);
  try {
    const database = await openSqliteForWriting(place.folder);
    const close = () => database.close().finally(() => lock.release());
    return { database, examine: () => checkSqlite(database), close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
