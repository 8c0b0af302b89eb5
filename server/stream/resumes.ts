import type { Journal } from './journal';

/**
 * What clients missed, as one piece of bytes for all who come back from the same places. When a thousand lose their connections together they were all at
 * the same place; each event written to each of them by itself would be as many system calls as both numbers multiplied.
 */
export class Resumes {
  readonly #held = new Map<string, Buffer>();
  #seq = -1;

  constructor(private readonly journal: Journal) {}

  /** @param places names topics and positions @param encode called where nobody came from there since the last event */
  bytes(places: string, encode: () => readonly Buffer[]): Buffer {
    if (this.#seq !== this.journal.seq) {
      this.#held.clear();
      this.#seq = this.journal.seq;
    }
    const held = this.#held.get(places) ?? Buffer.concat(encode());
    this.#held.set(places, held);
    return held;
  }
}
