import { decodeCheckpoint } from './checkpoint-codec';
import { chunked } from './chunked';
import { type FoldRow, StateFold } from './state-fold';
import { idsOf, type SubjectIds } from './subject-table';
import type { Queryable } from './tables';

/** Rows that are folded at once: what they take in memory is bounded, and a statement is paid for once in so many. */
const ROWS_AT_ONCE = 10_000;

export interface LoadedState {
  readonly fold: StateFold;
  /** Of the checkpoint that it was folded from; null: from the beginning of the record. */
  readonly checkpoint: { readonly lastId: number; readonly atMs: number } | null;
}

/**
 * The state after transition `lastId`: the nearest checkpoint before it, and the transitions since.
 *
 * @param kinds those to be folded, by their codes, which takes less where not all is asked for; null: all
 */
export async function loadState(
  db: Queryable,
  lastId: number,
  kinds: readonly number[] | null = null,
): Promise<LoadedState> {
  const row = await db
    .selectFrom('checkpoint')
    .selectAll()
    .where('last_id', '<=', lastId)
    .orderBy('last_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const checkpoint = row === undefined ? null : { lastId: row.last_id, atMs: row.at_ms };
  const fold = row === undefined ? new StateFold() : decodeCheckpoint(row.bytes, row.at_ms);
  let after = checkpoint?.lastId ?? 0;
  while (after < lastId) {
    const rows = await rowsAfter(db, after, lastId, kinds);
    const newest = rows.at(-1);
    if (newest === undefined) break;
    await foldRows(db, fold, rows);
    after = newest.id;
  }
  return { fold, checkpoint };
}

type Row = FoldRow & { readonly id: number; readonly subject_id: number };

/** The next transitions above `afterId` and up to `lastId`. */
function rowsAfter(db: Queryable, afterId: number, lastId: number, kinds: readonly number[] | null): Promise<Row[]> {
  let select = db
    .selectFrom('transition')
    .select(['id', 'at_ms', 'kind', 'item_id', 'consul_index', 'to_id', 'flags', 'subject_id'])
    .where('id', '>', afterId)
    .where('id', '<=', lastId);
  if (kinds !== null) select = select.where('kind', 'in', kinds);
  return select.orderBy('id').limit(ROWS_AT_ONCE).execute();
}

/** Most subjects are held already, and need not be read. */
async function foldRows(db: Queryable, fold: StateFold, rows: readonly Row[]): Promise<void> {
  const subjects = new Map<number, SubjectIds>();
  const unknown = new Set<number>();
  for (const { subject_id: id } of rows) {
    const held = fold.held.get(id);
    if (held === undefined) unknown.add(id);
    else subjects.set(id, held.subject);
  }
  for (const chunk of chunked([...unknown])) {
    const found = await db.selectFrom('subject').selectAll().where('id', 'in', chunk).execute();
    for (const row of found) subjects.set(row.id, idsOf(row));
  }
  for (const row of rows) {
    const subject = subjects.get(row.subject_id);
    if (subject !== undefined) fold.apply(row, subject);
  }
}
