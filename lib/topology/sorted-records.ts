/** Records by key, and sorted by it when somebody asks; the list is the same one until something changes. */
export class SortedRecords<T> {
  readonly #records = new Map<string, T>();
  #keys: string[] | null = null;
  #all: T[] | null = null;

  get(key: string): T | null {
    return this.#records.get(key) ?? null;
  }

  put(key: string, record: T | null): void {
    if (record === null ? this.#records.delete(key) : !this.#records.has(key)) this.#keys = null;
    if (record !== null) this.#records.set(key, record);
    this.#all = null;
  }

  /** In the order of code units. */
  all(): T[] {
    this.#keys ??= [...this.#records.keys()].sort();
    this.#all ??= this.#keys.map((key) => this.#records.get(key) as T);
    return this.#all;
  }
}
