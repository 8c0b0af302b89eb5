import type { Queryable, Tables } from './tables';

/** Transitions a span: few enough that reading one more at either end of a range costs nothing, and that deleting one delays no write. */
const MOST_IN_SPAN = 512;

type SpanRow = Tables['span'];

/** Keeps the newest span, and begins another when it is full. */
export class SpanWriter {
  #newest: SpanRow | null = null;

  async load(db: Queryable): Promise<void> {
    this.#newest =
      (await db.selectFrom('span').selectAll().orderBy('first_id', 'desc').limit(1).executeTakeFirst()) ?? null;
  }

  /** @param rows with ids in order, that go on where the newest span ends */
  async write(db: Queryable, rows: readonly Pick<Tables['transition'], 'id' | 'at_ms'>[]): Promise<void> {
    const begun: SpanRow[] = [];
    const extended = this.#newest;
    let newest = this.#newest;
    for (const { id, at_ms } of rows) {
      if (newest === null || newest.last_id - newest.first_id + 1 >= MOST_IN_SPAN) {
        newest = { first_id: id, last_id: id, min_ms: at_ms, max_ms: at_ms };
        begun.push(newest);
        continue;
      }
      newest.last_id = id;
      newest.min_ms = Math.min(newest.min_ms, at_ms);
      newest.max_ms = Math.max(newest.max_ms, at_ms);
    }
    if (extended !== null) {
      const { first_id, ...rest } = extended;
      await db.updateTable('span').set(rest).where('first_id', '=', first_id).execute();
    }
    if (begun.length > 0) await db.insertInto('span').values(begun).execute();
    this.#newest = newest;
  }
}
