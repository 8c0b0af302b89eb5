import type { BookEntry } from './book-entry';
import type { DeskParts } from './desk-parts';

/** Each costs Prometheus a query. */
const MOST_COUNTED = 200;
const UNSEEN_EVERY_MS = 10_000;

/** Whose traffic is counted, and who is told of it when. */
export class CountedServices {
  #toldAllAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: Pick<DeskParts, 'observed' | 'lookedAt' | 'clock'>) {}

  /** From now on those that somebody looks at are counted, and those whose traffic is divided. */
  follow(entries: ReadonlyMap<string, BookEntry>): void {
    const divided = [...entries.values()].filter(({ record }) => record?.mechanism != null).map(({ key }) => key);
    const looked = this.parts.lookedAt().filter((key) => entries.has(key));
    this.parts.observed.follow([...new Set([...looked, ...divided])].slice(0, MOST_COUNTED));
  }

  /**
   * Something was counted: whose records are to be made anew. Counts change with each reading; those that nobody looks at are told more rarely, or every page would
   * be told all of them all the time.
   */
  due(entries: Iterable<BookEntry>): BookEntry[] {
    const nowMs = this.parts.clock.now();
    const isAllDue = nowMs - this.#toldAllAtMs >= UNSEEN_EVERY_MS;
    if (isAllDue) this.#toldAllAtMs = nowMs;
    const looked = new Set(this.parts.lookedAt());
    return [...entries].filter(({ key }) => isAllDue || looked.has(key));
  }
}
