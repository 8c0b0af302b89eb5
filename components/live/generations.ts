/** Which of the browser's workers, one after the other, the tabs are to join. */
export interface Generations {
  current(): number;
  /** The one to join after `dead`, which did not answer any more. */
  after(dead: number): number;
}

/** What two tabs can both read and write: the browser's `localStorage`. */
export type SharedNote = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * Counts in a note that all tabs see. Each that finds the same worker dead counts on to the same number, so that they meet again
 * without a word to each other.
 */
export class NotedGenerations implements Generations {
  /** Where the browser keeps no notes, each tab counts by itself: the same silence tells them all. */
  #own = 0;

  /** `note` throws where the browser keeps none. */
  constructor(
    private readonly note: () => SharedNote,
    private readonly key: string,
  ) {}

  current(): number {
    this.#own = Math.max(this.#own, this.#noted());
    return this.#own;
  }

  after(dead: number): number {
    if (this.current() <= dead) this.#own = dead + 1;
    try {
      this.note().setItem(this.key, String(this.#own));
    } catch {
      // See #own.
    }
    return this.#own;
  }

  #noted(): number {
    try {
      const noted = Number(this.note().getItem(this.key));
      return Number.isSafeInteger(noted) ? noted : 0;
    } catch {
      return 0;
    }
  }
}
