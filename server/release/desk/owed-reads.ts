import type { ReleaseConsul } from '@/server/release/release-consul';
import type { BookEntry } from './book-entry';

/** What is to be read when something else than Consul's index says so: its datacenter answers again, or it is known where its entries are written. */
export class OwedReads {
  readonly #owed = new Set<BookEntry>();
  /** By datacenter, as of the last look. */
  readonly #primaries = new Map<string, string | null>();

  constructor(
    private readonly consul: Pick<ReleaseConsul, 'primaryOf'>,
    private readonly isReadable: (dc: string) => boolean,
  ) {}

  /** Whether it cannot be read now; then it is due later. */
  defer(entry: BookEntry): boolean {
    const isReadable = this.isReadable(entry.dc);
    if (!isReadable) this.#owed.add(entry);
    return !isReadable;
  }

  /** Keys of what is to be read now. */
  due(entries: readonly BookEntry[]): string[] {
    const owed = [...this.#owed].filter(({ dc }) => this.isReadable(dc));
    for (const entry of owed) this.#owed.delete(entry);
    const moved = new Set<string>();
    for (const dc of new Set(entries.map((entry) => entry.dc))) {
      const primary = this.consul.primaryOf(dc);
      if (this.#primaries.get(dc) !== primary) moved.add(dc);
      this.#primaries.set(dc, primary);
    }
    return [...owed, ...entries.filter(({ dc }) => moved.has(dc))].map(({ key }) => key);
  }
}
