import type { StatusTally } from '@/lib/history/roll-up';
import type { Subject } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import { chunked } from './chunked';
import { kindCodes, statusInFlags, statusOf, subjectCodes } from './codes';
import { loadState } from './state-loader';
import { subjectsOf } from './subject-table';
import type { Queryable } from './tables';
import { encodeText } from './text-encoding';
import type { TextTable } from './text-table';
import { lastIdAt } from './time-to-ids';

const STATUS_KINDS = [kindCodes.registered, kindCodes.deregistered, kindCodes.status];

interface Turn {
  /** Text id of the status; null: it was not there. */
  readonly status: number | null;
  readonly sinceMs: number;
}

/** Instances of a service, a node, or one alone, as they stood at a moment: each by its own last turn. */
export async function pastInstances(
  db: Queryable,
  texts: TextTable,
  atMs: number,
  of: Parameters<RecordReader['pastInstances']>[1],
): Promise<{ subject: Subject; status: keyof StatusTally; sinceMs: number }[]> {
  const lastId = await lastIdAt(db, atMs);
  if (lastId === null) return [];
  const wanted = await instanceIds(db, texts, of);
  const turns = await lastTurns(db, wanted, lastId);
  const older = await withoutLaterBeginning(
    db,
    wanted.filter((id) => !turns.has(id)),
    lastId,
  );
  if (older.length > 0) {
    // Their last turn is older than what is kept of transitions; a checkpoint has it.
    const { fold } = await loadState(db, lastId);
    for (const id of older) {
      const held = fold.held.get(id);
      if (held !== undefined) turns.set(id, { status: held.status, sinceMs: held.sinceMs });
    }
  }
  const present = [...turns].filter(([, { status }]) => status !== null);
  const subjects = await subjectsOf(
    db,
    texts,
    present.map(([id]) => id),
  );
  return present.map(([id, { status, sinceMs }]) => ({
    ...{ subject: subjects.get(id) as Subject, status: statusOf(status ?? 0), sinceMs },
  }));
}

async function instanceIds(
  db: Queryable,
  texts: TextTable,
  { dc, service, node, instance }: Parameters<RecordReader['pastInstances']>[1],
): Promise<number[]> {
  const ids = await texts.find(
    db,
    [dc, service, node].filter((name) => name !== null),
  );
  let select = db
    .selectFrom('subject')
    .select('id')
    .where('kind', '=', subjectCodes.instance)
    .where('dc_id', '=', ids.get(dc) ?? -1);
  if (service !== null) select = select.where('service_id', '=', ids.get(service) ?? -1);
  if (node !== null) select = select.where('node_id', '=', ids.get(node) ?? -1);
  if (instance !== null) select = select.where('key', '=', encodeText(instance));
  return (await select.execute()).map(({ id }) => id);
}

/** The last turn of each up to `lastId`; absent: none is kept. */
async function lastTurns(db: Queryable, ids: readonly number[], lastId: number): Promise<Map<number, Turn>> {
  const turns = new Map<number, Turn>();
  for (const chunk of chunked(ids)) {
    const rows = await db
      .selectFrom('subject as s')
      .innerJoin('transition as t', (join) =>
        join.on('t.id', '=', (row) =>
          row
            .selectFrom('transition as last')
            .select('last.id')
            .whereRef('last.subject_id', '=', 's.id')
            .where('last.id', '<=', lastId)
            .where('last.kind', 'in', STATUS_KINDS)
            .orderBy('last.id', 'desc')
            .limit(1),
        ),
      )
      .select(['s.id', 't.kind', 't.to_id', 't.flags', 't.at_ms'])
      .where('s.id', 'in', chunk)
      .execute();
    for (const { id, kind, to_id, flags, at_ms } of rows)
      turns.set(id, { status: statusAfter(kind, to_id, flags), sinceMs: at_ms });
  }
  return turns;
}

/** Without those that were registered after `lastId`, and hence were not there. */
async function withoutLaterBeginning(db: Queryable, ids: readonly number[], lastId: number): Promise<number[]> {
  const later = new Set<number>();
  for (const chunk of chunked(ids)) {
    const rows = await db
      .selectFrom('subject as s')
      .innerJoin('transition as t', (join) =>
        join.on('t.id', '=', (row) =>
          row
            .selectFrom('transition as next')
            .select('next.id')
            .whereRef('next.subject_id', '=', 's.id')
            .where('next.id', '>', lastId)
            .where('next.kind', 'in', STATUS_KINDS)
            .orderBy('next.id')
            .limit(1),
        ),
      )
      .select('s.id')
      .where('s.id', 'in', chunk)
      .where('t.kind', '=', kindCodes.registered)
      .execute();
    for (const { id } of rows) later.add(id);
  }
  return ids.filter((id) => !later.has(id));
}

function statusAfter(kind: number, to: number | null, flags: number): number | null {
  if (kind === kindCodes.registered) return statusInFlags(flags);
  return kind === kindCodes.deregistered ? null : to;
}
