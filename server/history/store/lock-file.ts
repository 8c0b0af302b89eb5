import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { RecordError } from '@/server/history/record-store';

/**
 * Keeps a second process from writing the record of a folder: a transaction that is held on a database of its own. The system lets it go when the
 * process ends, however it ends; a file with a process number in it would outlive it.
 */
export class LockFile {
  readonly #sqlite: Sqlite.Database;

  /** @throws RecordError `locked` */
  constructor(folder: string) {
    this.#sqlite = new Sqlite(join(folder, 'history.lock'), { timeout: 0 });
    try {
      this.#sqlite.exec('begin exclusive');
    } catch (error) {
      this.#sqlite.close();
      if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
      throw new RecordError(
        'locked',
        `Another Lictor writes the history in ${folder}, so this one does not; what it shows live is not affected. Stop the other, or set LICTOR_DATA_DIR to another folder.`,
      );
    }
  }

  release(): void {
    this.#sqlite.close();
  }
}
