import type { GapChange } from '@/server/history/record-store';

/** Of one kind of subject: the names that were not seen again since the gap. */
type Unseen = Set<string>;

/**
 * When one datacenter was not watched. What is seen while it is not, or is the first that is seen of something afterwards by an answer after a break, happened at
 * some moment since.
 */
export class GapKeeper {
  #fromMs: number | null = null;
  /** Of the gap that lasts, or of the last one. */
  #lastFromMs = 0;
  readonly #unseen: Unseen[] = [];

  constructor(private readonly dc: string) {}

  get isOpen(): boolean {
    return this.#fromMs !== null;
  }

  /** @param unseen names by kind. @returns null where one lasts already. */
  begin(atMs: number, reason: string, unseen: readonly Iterable<string>[]): GapChange | null {
    this.#unseen.splice(0, this.#unseen.length, ...unseen.map((names) => new Set(names)));
    if (this.#fromMs !== null) return null;
    this.#fromMs = atMs;
    this.#lastFromMs = atMs;
    return { op: 'begin', dc: this.dc, atMs, reason };
  }

  /** One that another writer began. */
  adopt(fromMs: number): void {
    this.#fromMs = fromMs;
    this.#lastFromMs = fromMs;
  }

  /** @returns null where none lasts. */
  end(atMs: number): GapChange | null {
    if (this.#fromMs === null) return null;
    this.#fromMs = null;
    return { op: 'end', dc: this.dc, atMs, reason: '' };
  }

  /** Forgets it all, without a word in the record. */
  clear(): void {
    this.#fromMs = null;
    this.#unseen.length = 0;
  }

  /**
   * Since when what is seen now may have been so, ms since 1970; null: it was watched.
   * @param kind its place in `unseen`. @param afterGap the answer came after a break
   */
  see(kind: number, name: string, afterGap: boolean): number | null {
    if (this.#fromMs !== null) return this.#fromMs;
    const first = this.#unseen[kind]?.delete(name) ?? false;
    return first && afterGap ? this.#lastFromMs : null;
  }
}
