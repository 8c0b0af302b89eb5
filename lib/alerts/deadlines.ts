interface Deadline {
  readonly id: string;
  readonly atMs: number;
}

/** What is due when, the earliest first; each in steps of the logarithm of how many there are. An id has one deadline at most. */
export class Deadlines {
  readonly #heap: Deadline[] = [];
  /** What stands; an entry of the heap that is not in here was replaced or taken away, and is passed over. */
  readonly #standing = new Map<string, Deadline>();

  set(id: string, atMs: number): void {
    const deadline = { id, atMs };
    this.#standing.set(id, deadline);
    this.#heap.push(deadline);
    this.#rise(this.#heap.length - 1);
  }

  remove(id: string): void {
    this.#standing.delete(id);
  }

  /** When the first is due; null: none is. */
  nextMs(): number | null {
    return this.#first()?.atMs ?? null;
  }

  /** Takes the first away if it is due by then; of two that are due at once the smaller id. */
  takeDue(byMs: number): Deadline | null {
    const first = this.#first();
    if (!first || first.atMs > byMs) return null;
    this.#standing.delete(first.id);
    this.#dropFirst();
    return first;
  }

  #first(): Deadline | undefined {
    for (;;) {
      const [first] = this.#heap;
      if (!first || this.#standing.get(first.id) === first) return first;
      this.#dropFirst();
    }
  }

  #dropFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      if (!this.#swapUnlessBefore(above, at)) return;
      at = above;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const child = right < this.#heap.length && this.#isBefore(right, left) ? right : left;
      if (!this.#swapUnlessBefore(at, child)) return;
      at = child;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one] as Deadline, this.#heap[other] as Deadline];
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.id < b.id);
  }

  /** @returns whether they were swapped */
  #swapUnlessBefore(above: number, below: number): boolean {
    if (!this.#isBefore(below, above)) return false;
    const [a, b] = [this.#heap[above] as Deadline, this.#heap[below] as Deadline];
    this.#heap[above] = b;
    this.#heap[below] = a;
    return true;
  }
}
