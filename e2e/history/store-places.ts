import { dataFolder } from '@/e2e/harness/data-folder';
import { PostgresUnderTest } from '@/e2e/harness/postgres';
import type { RecordPlace } from '@/server/config/history-settings';

/** Places for records, each new and empty: folders, and databases of one real PostgreSQL. */
export class StorePlaces {
  readonly #folders: { remove(): void }[] = [];
  #postgres: PostgresUnderTest | null = null;

  /** Starts it when it is asked for the first time. */
  async postgres(): Promise<PostgresUnderTest> {
    this.#postgres ??= await PostgresUnderTest.open();
    return this.#postgres;
  }

  folder(): string {
    const folder = dataFolder();
    this.#folders.push(folder);
    return folder.path;
  }

  async empty(kind: RecordPlace['kind']): Promise<RecordPlace> {
    if (kind === 'sqlite') return { kind, folder: this.folder() };
    return { kind, url: await (await this.postgres()).database() };
  }

  async clear(): Promise<void> {
    for (const folder of this.#folders) folder.remove();
    await this.#postgres?.close();
  }
}
