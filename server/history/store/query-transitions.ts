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
  const subjects = await wantedSubjects(db, texts, query);
  const kinds = query.kinds?.map((kind) => kindCodes[kind]) ?? null;
  if (ids === null || subjects === null || kinds?.length === 0) return [];
  const newestFirst = query.order === 'newest-first';
  const { afterId } = query;
  const firstId = newestFirst || afterId === null ? ids.firstId : Math.max(ids.firstId, afterId + 1);
  const lastId = newestFirst && afterId !== null ? Math.min(ids.lastId, afterId - 1) : ids.lastId;
  let select = db
    .selectFrom('transition as t')
    .selectAll()
    .where('t.id', '>=', firstId)
    .where('t.id', '<=', lastId)
    .where('t.at_ms', '>=', query.fromMs)
    .where('t.at_ms', '<', query.toMs);
  if (subjects.condition !== null) select = select.where(subjects.condition);
  if (kinds !== null) select = select.where('t.kind', 'in', kinds);
  if (kinds?.every((kind) => kind >= FIRST_RARE_KIND) && !subjects.areFew) {
    // Word for word what the index over them is limited to, else it would not be used.
    const rare = sql<SqlBool>`kind >= ${sql.lit(FIRST_RARE_KIND)}`;
    select = select.where('t.id', 'in', (row) =>
      row
        .selectFrom('transition')
        .select('id')
        .where(rare)
        .where('kind', 'in', kinds)
        .where('id', '>=', firstId)
        .where('id', '<=', lastId),
    );
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

interface WantedSubjects {
  /** Null: all. */
  readonly condition: Expression<SqlBool> | null;
  /** Few enough to look up the transitions of each. */
  readonly areFew: boolean;
}

/** Which subjects a query is about; null: the record has none of them. */
async function wantedSubjects(
  db: Queryable,
  texts: TextTable,
  { dc, service, node, instance }: TransitionQuery,
): Promise<WantedSubjects | null> {
  const areFew = service !== null || node !== null || instance !== null;
  if (dc === null && !areFew) return { condition: null, areFew };
  const names = [dc, service, node].filter((name) => name !== null);
  const ids = await texts.find(db, names);
  if (ids.size < new Set(names).size) return null;
  let select = db.selectFrom('subject').select('id');
  if (dc !== null) select = select.where('dc_id', '=', ids.get(dc) as number);
  if (service !== null) select = select.where('service_id', '=', ids.get(service) as number);
  if (node !== null) select = select.where('node_id', '=', ids.get(node) as number);
  if (instance !== null) {
    select = select.where('key', '=', encodeText(instance)).where('kind', '=', subjectCodes.instance);
  }
  if (areFew) return { condition: sql<SqlBool>`t.subject_id in ${select}`, areFew };
  // A datacenter has many: each transition is looked at from the newest on, up to the limit.
  return { condition: sql<SqlBool>`exists ${select.whereRef('id', '=', sql.ref('t.subject_id'))}`, areFew };
}
