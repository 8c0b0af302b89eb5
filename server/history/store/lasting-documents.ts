import type { RecordPlace } from '@/server/config/history-settings';
import { systemClock } from '@/server/consul/clock';
import type { RecordDocument, RecordDocuments } from '@/server/history/record-store';
import { StoreDocuments } from './documents';
import type { OpenDatabase } from './open-database';
import { openPostgres } from './postgres-database';
import { recordErrorOf } from './record-error-of';

/** Uses the open database of the one writer of a file, between its batches. Rejects with a `RecordError`. */
export type WithFile = <T>(act: (database: OpenDatabase) => Promise<T>) => Promise<T>;

/**
 * Documents that outlive their database. A file has one connection that writes; in PostgreSQL they have one of their own, so that no batch waits for them, nor they
 * for a batch. Each call rejects with a `RecordError` and no other.
 */
export class LastingDocuments implements RecordDocuments {
  #open: Promise<OpenDatabase> | null = null;

  constructor(
    private readonly place: RecordPlace,
    private readonly withFile: WithFile,
    private readonly nowMs: () => number = () => systemClock.now(),
  ) {}

  all(kind: string): Promise<readonly RecordDocument[]> {
    return this.#use((documents) => documents.all(kind));
  }

  put(kind: string, id: string, body: string, expected: number | null): Promise<number | null> {
    return this.#use((documents) => documents.put(kind, id, body, expected));
  }

  remove(kind: string, id: string, expected: number | null): Promise<boolean> {
    return this.#use((documents) => documents.remove(kind, id, expected));
  }

  revision(): Promise<number> {
    return this.#use((documents) => documents.revision());
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await (await open?.catch(() => null))?.close();
  }

  #use<T>(act: (documents: RecordDocuments) => Promise<T>): Promise<T> {
    const on = (database: OpenDatabase) => act(new StoreDocuments(database, this.nowMs));
    return this.place.kind === 'sqlite' ? this.withFile(on) : this.#beside(this.place.url, on);
  }

  async #beside<T>(url: string, act: (database: OpenDatabase) => Promise<T>): Promise<T> {
    try {
      this.#open ??= openPostgres(url, 1);
      const opening = this.#open;
      const database = await opening.catch((error: unknown) => {
        // The next call tries again.
        if (this.#open === opening) this.#open = null;
        throw error;
      });
      return await act(database);
    } catch (error) {
      throw recordErrorOf(error, this.place);
    }
  }
}
