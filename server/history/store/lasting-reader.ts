import { statSync } from 'node:fs';
import type { RecordPlace } from '@/server/config/history-settings';
import type { RecordReader } from '@/server/history/record-store';
import type { OpenDatabase } from './open-database';
import { openPostgres } from './postgres-database';
import { recordErrorOf } from './record-error-of';
import { openSqliteForReading, sqliteFile } from './sqlite-database';
import { StoreReader } from './store-reader';

/** A page may ask for several things at once. */
const CONNECTIONS = 3;

/** A reader that outlives its database. Each call rejects with a `RecordError` and no other. */
export class LastingReader implements RecordReader {
  #open: { readonly reader: StoreReader; readonly database: OpenDatabase; readonly file: number } | null = null;

  constructor(private readonly place: RecordPlace) {}

  transitions(query: Parameters<RecordReader['transitions']>[0]): ReturnType<RecordReader['transitions']> {
    return this.#use((reader) => reader.transitions(query));
  }

  rollUps(query: Parameters<RecordReader['rollUps']>[0]): ReturnType<RecordReader['rollUps']> {
    return this.#use((reader) => reader.rollUps(query));
  }

  past(atMs: number, dc: string | null): ReturnType<RecordReader['past']> {
    return this.#use((reader) => reader.past(atMs, dc));
  }

  pastSummary(atMs: number, dc: string | null): ReturnType<RecordReader['pastSummary']> {
    return this.#use((reader) => reader.pastSummary(atMs, dc));
  }

  pastInstances(...args: Parameters<RecordReader['pastInstances']>): ReturnType<RecordReader['pastInstances']> {
    return this.#use((reader) => reader.pastInstances(...args));
  }

  gaps(fromMs: number, toMs: number, dc: string | null): ReturnType<RecordReader['gaps']> {
    return this.#use((reader) => reader.gaps(fromMs, toMs, dc));
  }

  facts(): ReturnType<RecordReader['facts']> {
    return this.#use((reader) => reader.facts());
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.database.close();
  }

  async #use<T>(act: (reader: StoreReader) => Promise<T>): Promise<T> {
    try {
      return await act(await this.#opened());
    } catch (error) {
      const known = recordErrorOf(error, this.place);
      if (this.place.kind === 'sqlite') await this.close().catch(() => {});
      throw known;
    }
  }

  async #opened(): Promise<StoreReader> {
    const file = this.#fileNumber();
    // A damaged file was moved aside, and another has its name.
    if (this.#open !== null && this.#open.file !== file) await this.close();
    if (this.#open === null) {
      const database =
        this.place.kind === 'sqlite'
          ? await openSqliteForReading(this.place.folder)
          : await openPostgres(this.place.url, CONNECTIONS);
      // Another call may have opened it meanwhile.
      if (this.#open === null) this.#open = { database, reader: new StoreReader(database), file };
      else await database.close();
    }
    return this.#open.reader;
  }

  #fileNumber(): number {
    if (this.place.kind !== 'sqlite') return 0;
    return statSync(sqliteFile(this.place.folder), { throwIfNoEntry: false })?.ino ?? 0;
  }
}
