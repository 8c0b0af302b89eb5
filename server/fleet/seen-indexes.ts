/** So many are remembered: those of some seconds of churn. */
const AT_MOST = 2_000;

/** Indexes of answers about single services, the latest of them. Each names the change that Consul made last to that service. */
export class SeenIndexes {
  readonly #indexes = new Set<number>();

  add(index: number | null): void {
    if (index === null) return;
    this.#indexes.delete(index);
    this.#indexes.add(index);
    if (this.#indexes.size > AT_MOST) for (const oldest of this.#indexes) return void this.#indexes.delete(oldest);
  }

  has(index: number): boolean {
    return this.#indexes.has(index);
  }
}
