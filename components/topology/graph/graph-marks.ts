/** What the reader's attention is on. Whoever is drawn hears only of its own marks. */
export interface Attention {
  /** Ids of what the panel tells of, of what the keyboard stands on, and of what the pointer is on. */
  readonly chosen: string | null;
  readonly current: string | null;
  readonly pointed: string | null;
  readonly found: ReadonlySet<string> | null;
  /** Around what alone anything is drawn. */
  readonly focus: string | null;
}

interface Ends {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** Marks of nodes and edges by id, as words for an attribute: `chosen`, `current`, `focus`, `found`, `near` (what the attention is on, and what touches it). */
export class GraphMarks {
  #marks = new Map<string, string>();
  readonly #listeners = new Map<string, Set<() => void>>();

  markOf(id: string): string {
    return this.#marks.get(id) ?? '';
  }

  pay({ chosen, current, pointed, found, focus }: Attention, edges: Iterable<Ends>): void {
    const words = new Map<string, string[]>();
    const add = (id: string, word: string) => {
      const held = words.get(id);
      if (!held) words.set(id, [word]);
      else if (!held.includes(word)) held.push(word);
    };
    if (chosen !== null) add(chosen, 'chosen');
    if (current !== null) add(current, 'current');
    if (focus !== null) add(focus, 'focus');
    for (const id of found ?? []) add(id, 'found');
    const center = pointed ?? current ?? chosen;
    if (center !== null) {
      add(center, 'near');
      for (const { id, from, to } of edges) {
        if (from !== center && to !== center && id !== center) continue;
        for (const near of [id, from, to]) add(near, 'near');
      }
    }
    this.#take(new Map([...words].map(([id, list]) => [id, list.join(' ')])));
  }

  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  #take(marks: Map<string, string>): void {
    const before = this.#marks;
    this.#marks = marks;
    for (const id of new Set([...before.keys(), ...marks.keys()])) {
      if (before.get(id) === marks.get(id)) continue;
      for (const listener of this.#listeners.get(id) ?? []) listener();
    }
  }
}
