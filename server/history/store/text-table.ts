import { chunked, READ_AT_ONCE } from './chunked';
import { RecentMap } from './recent-map';
import type { Queryable } from './tables';
import { decodeText, encodeText, textHash } from './text-encoding';

const MOST_REMEMBERED = 10_000;
/** A longer text is looked up each time: the memory of all is bounded by `MOST_REMEMBERED` of these. */
const LONGEST_REMEMBERED = 200;

/** Texts by their ids and back. */
export class TextTable {
  readonly #ids = new RecentMap<string, number>(MOST_REMEMBERED);
  readonly #values = new RecentMap<number, string>(MOST_REMEMBERED);

  /**
   * @param writes whether this is the writer's, who knows when a text goes: one that comes again has another id, and a reader that remembered the old one would find
   * nothing. What an id stands for never changes.
   */
  constructor(private readonly writes: boolean) {}

  /** Ids of those of the texts that the record holds. */
  async find(db: Queryable, texts: Iterable<string>): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const unknown: { text: string; value: string; hash: number }[] = [];
    for (const text of new Set(texts)) {
      const id = this.writes ? this.#ids.get(text) : undefined;
      if (id !== undefined) found.set(text, id);
      else {
        const value = encodeText(text);
        unknown.push({ text, value, hash: textHash(value) });
      }
    }
    for (const chunk of chunked(unknown)) {
      const rows = await db
        .selectFrom('text')
        .selectAll()
        .where(
          'hash',
          'in',
          chunk.map(({ hash }) => hash),
        )
        .execute();
      const byValue = new Map(rows.map(({ value, id }) => [value, id]));
      for (const { text, value } of chunk) {
        const id = byValue.get(value);
        if (id === undefined) continue;
        found.set(text, id);
        this.remember(id, text);
      }
    }
    return found;
  }

  /** Adds a text that `find` did not find. It is remembered by `remember`, once that is certain. */
  static async add(db: Queryable, texts: readonly { id: number; text: string }[]): Promise<void> {
    const rows = texts.map(({ id, text }) => {
      const value = encodeText(text);
      return { id, hash: textHash(value), value };
    });
    for (const chunk of chunked(rows)) await db.insertInto('text').values(chunk).execute();
  }

  remember(id: number, text: string): void {
    if (text.length > LONGEST_REMEMBERED) return;
    if (this.writes) this.#ids.set(text, id);
    this.#values.set(id, text);
  }

  /** Texts of these ids; 0 and null are passed over. */
  async values(db: Queryable, ids: Iterable<number | null>): Promise<Map<number, string>> {
    const values = new Map<number, string>();
    const unknown: number[] = [];
    for (const id of new Set(ids)) {
      if (id === null || id === 0) continue;
      const text = this.#values.get(id);
      if (text !== undefined) values.set(id, text);
      else unknown.push(id);
    }
    for (const [id, text] of await readTexts(db, unknown)) {
      values.set(id, text);
      if (text.length <= LONGEST_REMEMBERED) this.#values.set(id, text);
    }
    return values;
  }

  forget(): void {
    this.#ids.clear();
    this.#values.clear();
  }
}

/** Texts of these ids, 0 and any other that there is none of passed over; none of them is remembered, which for a whole fleet costs more than it saves. */
export async function readTexts(db: Queryable, ids: Iterable<number>): Promise<Map<number, string>> {
  const values = new Map<number, string>();
  for (const chunk of chunked([...new Set(ids)], READ_AT_ONCE)) {
    const rows = await db.selectFrom('text').select(['id', 'value']).where('id', 'in', chunk).execute();
    for (const { id, value } of rows) values.set(id, decodeText(value));
  }
  return values;
}
