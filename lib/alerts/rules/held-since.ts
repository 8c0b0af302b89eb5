import type { Began } from './condition-of';

/**
 * Since when what is true of a number of instances is true. Their own times tell when it began, but no longer once one of them goes: so it is kept for as long as
 * it holds.
 */
export class HeldSince {
  readonly #began = new Map<string, Began>();

  /** It holds. @param estimate asked for where it did not before */
  holds(id: string, estimate: () => Began): Began {
    const known = this.#began.get(id);
    if (known) return known;
    const began = estimate();
    this.#began.set(id, began);
    return began;
  }

  ends(id: string): void {
    this.#began.delete(id);
  }
}
