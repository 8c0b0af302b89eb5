import { decodeCheckpoint } from './checkpoint-codec';
import { type FoldRow, StateFold } from './state-fold';
import type { Queryable } from './tables';

/** Rows that are folded at once: what they take in memory is bounded, and a statement is paid for once in so many. */
const ROWS_AT_ONCE = 10_000;

export interface LoadedState {
  readonly fold: StateFold;
  /** Of the checkpoint that it was folded from; null: from the beginning of the record. */
  readonly checkpoint: { readonly lastId: number; readonly atMs: number } | null;
}

/** The state after transition `lastId`: the nearest checkpoint before it, and the transitions since. */
export async function loadState(db: Queryable, lastId: number): Promise<LoadedState> {
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
    const rows = await foldRows(db, after, lastId);
    for (const one of rows) fold.apply(one);
    const newest = rows.at(-1);
    if (newest === undefined) break;
    after = newest.id;
  }
  return { fold, checkpoint };
}

/** The next transitions above `afterId` and up to `lastId`. */
async function foldRows(db: Queryable, afterId: number, lastId: number): Promise<(FoldRow & { id: number })[]> {
  const rows = await db
    .selectFrom('transition as t')
    .innerJoin('subject as s', 's.id', 't.subject_id')
    .select(['t.id', 't.at_ms', 't.kind', 't.item_id', 't.consul_index', 't.to_id', 't.flags', 't.subject_id'])
    .select(['s.kind as subject_kind', 's.dc_id', 's.service_id', 's.node_id'])
    .where('t.id', '>', afterId)
    .where('t.id', '<=', lastId)
    .orderBy('t.id')
    .limit(ROWS_AT_ONCE)
    .execute();
  return rows.map(({ id, at_ms, kind, item_id, consul_index, to_id, flags, subject_id, subject_kind, ...names }) => ({
    ...{ id, at_ms, kind, item_id, consul_index, to_id, flags },
    subject: {
      ...{ id: subject_id, kind: subject_kind, dc: names.dc_id },
      ...{ service: names.service_id ?? 0, node: names.node_id ?? 0 },
    },
  }));
}
