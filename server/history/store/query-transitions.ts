import { type Expression, type SqlBool, sql } from 'kysely';
import type { RecordedTransition, Subject } from '@/lib/history/transition';
import type { TransitionQuery } from '@/server/history/record-store';
import { FIRST_RARE_KIND, kindCodes, kindOf, MERGED, subjectCodes } from './codes';
import { subjectsOf } from './subject-table';
import type { Queryable, Tables } from './tables';
import { encodeText } from './text-encoding';
import type { TextTable } from './text-table';
import { idsBetween } from './time-to-ids';

/** Transitions of a span of time in the order of their ids. */
export async function queryTransitions(
  db: Queryable,
  texts: TextTable,
  query: TransitionQuery,
): Promise<RecordedTransition[]> {
  const ids = await idsBetween(db, query.fromMs, query.toMs);
  const subjects = await subjectCondition(db, texts, query);
  if (ids === null || subjects === 'none') return [];
  const newestFirst = query.order === 'newest-first';
  let select = db
    .selectFrom('transition as t')
    .selectAll()
    .where('t.id', '>=', newestFirst || query.afterId === null ? ids.firstId : Math.max(ids.firstId, query.afterId + 1))
    .where('t.id', '<=', newestFirst && query.afterId !== null ? Math.min(ids.lastId, query.afterId - 1) : ids.lastId)
    .where('t.at_ms', '>=', query.fromMs)
    .where('t.at_ms', '<', query.toMs);
  if (subjects !== 'all') select = select.where(subjects);
  const kinds = query.kinds === null ? null : query.kinds.map((kind) => kindCodes[kind]);
  if (kinds !== null) {
    if (kinds.length === 0) return [];
    select = select.where('t.kind', 'in', kinds);
    if (subjects === 'all' && kinds.every((kind) => kind >= FIRST_RARE_KIND)) {
      // Word for word what the index over them is limited to, else it would not be used.
      const rare = sql<SqlBool>`kind >= ${sql.lit(FIRST_RARE_KIND)}`;
      select = select.where('t.id', 'in', (row) =>
        row.selectFrom('transition').select('id').where(rare).where('kind', 'in', kinds),
      );
    }
  }
  const rows = await select
    .orderBy('t.id', newestFirst ? 'desc' : 'asc')
    .limit(query.limit)
    .execute();
  return toTransitions(db, texts, rows);
}

/** Rows told in texts again. */
async function toTransitions(
  db: Queryable,
  texts: TextTable,
  rows: readonly Tables['transition'][],
): Promise<RecordedTransition[]> {
  const subjects = await subjectsOf(
    db,
    texts,
    rows.map(({ subject_id }) => subject_id),
  );
  const values = await texts.values(
    db,
    rows.flatMap(({ item_id, from_id, to_id }) => [item_id, from_id, to_id]),
  );
  const value = (id: number | null) => (id === null ? null : (values.get(id) ?? null));
  return rows.map((row) => ({
    ...{ id: row.id, subject: subjects.get(row.subject_id) as Subject, kind: kindOf(row.kind) },
    ...{ item: value(row.item_id), from: value(row.from_id), to: value(row.to_id) },
    ...{ observedAtMs: row.at_ms, index: row.consul_index, merged: (row.flags & MERGED) !== 0 },
    unwatchedFromMs: row.unwatched_from_ms,
  }));
}

/** Which subjects a query is about. */
async function subjectCondition(
  db: Queryable,
  texts: TextTable,
  { dc, service, node, instance }: TransitionQuery,
): Promise<Expression<SqlBool> | 'all' | 'none'> {
  if (dc === null && service === null && node === null && instance === null) return 'all';
  const names = [dc, service, node].filter((name) => name !== null);
  const ids = await texts.find(db, names);
  if (ids.size < new Set(names).size) return 'none';
  let select = db.selectFrom('subject').select('id');
  if (dc !== null) select = select.where('dc_id', '=', ids.get(dc) as number);
  if (service !== null) select = select.where('service_id', '=', ids.get(service) as number);
  if (node !== null) select = select.where('node_id', '=', ids.get(node) as number);
  if (instance !== null) {
    select = select.where('key', '=', encodeText(instance)).where('kind', '=', subjectCodes.instance);
  }
  // The plus keeps the databases from looking up each of a datacenter's many subjects: they read from the newest on, and stop at the limit.
  const id = service === null && node === null && instance === null ? sql`+t.subject_id` : sql.ref('t.subject_id');
  return sql<SqlBool>`${id} in ${select}`;
}
