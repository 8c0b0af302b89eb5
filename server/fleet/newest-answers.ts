/** An answer that is older than a known one so often in a row is taken: then not the server lags, but Consul has lost its state. */
const OLDER_AT_MOST = 3;

/**
 * By Consul's index the newest answer about each service that was taken. A read may be answered by a server that lags behind the one that answered before; taken, its
 * older state would stand until the next read.
 */
export class NewestAnswers {
  readonly #indexes = new Map<string, number>();
  /** How often in a row an answer was older. */
  readonly #older = new Map<string, number>();

  /** Whether a read's answer may be taken. */
  admits(name: string, index: number | null): boolean {
    const known = this.#indexes.get(name);
    if (index === null || known === undefined || index >= known) return true;
    const older = (this.#older.get(name) ?? 0) + 1;
    this.#older.set(name, older);
    return older >= OLDER_AT_MOST;
  }

  /** The index of the newest answer about this service that was taken; null before any. */
  indexOf(name: string): number | null {
    return this.#indexes.get(name) ?? null;
  }

  took(name: string, index: number | null): void {
    this.#older.delete(name);
    if (index !== null) this.#indexes.set(name, index);
  }

  forget(name: string): void {
    this.#indexes.delete(name);
    this.#older.delete(name);
  }

  /** Consul's index went back: nothing that is known says what is newer. */
  clear(): void {
    this.#indexes.clear();
    this.#older.clear();
  }
}
