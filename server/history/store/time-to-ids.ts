import type { Queryable } from './tables';

/** Ids that hold every transition of a span of time, and others where the clock was set; null: there is none. Reads a row in five hundred. */
export async function idsBetween(
  db: Queryable,
  fromMs: number,
  toMs: number,
): Promise<{ readonly firstId: number; readonly lastId: number } | null> {
  const ids = await db
    .selectFrom('span')
    .select(({ fn }) => [fn.min('first_id').as('firstId'), fn.max('last_id').as('lastId')])
    .where('max_ms', '>=', fromMs)
    .where('min_ms', '<', toMs)
    .executeTakeFirstOrThrow();
  const { firstId, lastId } = ids as { firstId: number | null; lastId: number | null };
  return firstId === null || lastId === null ? null : { firstId, lastId };
}

/** The last transition that was seen at or before this moment; where the clock was set back and the moment came twice, of the second time. Null: the record begins later. */
export async function lastIdAt(db: Queryable, atMs: number): Promise<number | null> {
  const span = await db
    .selectFrom('span')
    .select(['first_id', 'last_id', 'max_ms'])
    .where('min_ms', '<=', atMs)
    .orderBy('first_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (span === undefined) return null;
  if (span.max_ms <= atMs) return span.last_id;
  const row = await db
    .selectFrom('transition')
    .select('id')
    .where('id', '>=', span.first_id)
    .where('id', '<=', span.last_id)
    .where('at_ms', '<=', atMs)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.id;
}
