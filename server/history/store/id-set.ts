/** A set of ids as bits: ten million take a little over a megabyte. */
export class IdSet {
  #bits = new Uint8Array(65_536);

  add(id: number | null): void {
    if (id === null) return;
    const at = id >> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, 2 * this.#bits.length));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[at] = (this.#bits[at] as number) | (1 << (id & 7));
  }

  has(id: number): boolean {
    return (((this.#bits[id >> 3] ?? 0) >> (id & 7)) & 1) === 1;
  }
}
