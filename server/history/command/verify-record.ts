import { sql } from 'kysely';
import type { RecordReader } from '@/server/history/record-store';
import { documentRows } from '@/server/history/store/documents';
import type { OpenDatabase } from '@/server/history/store/open-database';
import { decodeText } from '@/server/history/store/text-encoding';
import { verifyRollUps } from './verify-roll-ups';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  /** What is wrong with it, a sentence; null: nothing. */
  readonly wrong: string | null;
}

/** Looks at a whole record: the file itself, ids and times, references, gaps, whether the roll-ups are what the transitions add up to, and documents. */
export async function* verifyRecord(database: OpenDatabase, reader: RecordReader): AsyncGenerator<Finding> {
  const { dialect } = database;
  if (dialect === 'sqlite') yield { what: 'the file', wrong: await fileTrouble(database) };
  yield { what: 'ids and times', wrong: await spanTrouble(database) };
  yield { what: 'references', wrong: await referenceTrouble(database) };
  yield { what: 'gaps', wrong: await gapTrouble(database) };
  yield { what: 'roll-ups', wrong: await verifyRollUps(reader) };
  yield { what: 'documents', wrong: await documentTrouble(database) };
}

async function fileTrouble({ db }: OpenDatabase): Promise<string | null> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(3)`.execute(db);
  const found = rows.map(({ integrity_check: line }) => line).filter((line) => line !== 'ok');
  return found.length > 0 ? `SQLite finds it damaged: ${found.join('; ')}` : null;
}

/** Spans hold every transition, once, with its time. */
async function spanTrouble({ db }: OpenDatabase): Promise<string | null> {
  const { rows } = await sql<{ first_id: number }>`
    select first_id from span where
      last_id - first_id + 1 <> (select count(*) from transition t where t.id between first_id and last_id)
      or min_ms <> (select min(at_ms) from transition t where t.id between first_id and last_id)
      or max_ms <> (select max(at_ms) from transition t where t.id between first_id and last_id) limit 1`.execute(db);
  if (rows[0]) return `The span from transition ${rows[0].first_id} on does not hold what it says.`;
  const held = await db
    .selectFrom('span')
    .select((row) => row.fn.sum<number | null>(row('last_id', '-', row.ref('first_id'))).as('steps'))
    .select(({ fn }) => fn.countAll<number>().as('spans'))
    .executeTakeFirstOrThrow();
  const { count } = await db
    .selectFrom('transition')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const inSpans = Number(held.steps ?? 0) + Number(held.spans);
  return inSpans === Number(count) ? null : `${count} transitions are kept, and ${inSpans} of them would be found.`;
}

async function referenceTrouble({ db }: OpenDatabase): Promise<string | null> {
  const missing = async (what: string, table: string, column: string, of: 'text' | 'subject') => {
    const id = sql.ref(`${table}.${column}`);
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(table)}
      where ${id} is not null and ${id} <> 0
        and not exists (select 1 from ${sql.table(of)} as wanted where wanted.id = ${id})`.execute(db);
    const count = Number(rows[0]?.count ?? 0);
    return count > 0 ? [`${count} of the ${what} lack their ${of}`] : [];
  };
  const found = [
    ...(await missing('transitions', 'transition', 'subject_id', 'subject')),
    ...(await missing('transitions', 'transition', 'item_id', 'text')),
    ...(await missing('transitions', 'transition', 'from_id', 'text')),
    ...(await missing('transitions', 'transition', 'to_id', 'text')),
    ...(await missing('subjects', 'subject', 'dc_id', 'text')),
    ...(await missing('subjects', 'subject', 'service_id', 'text')),
    ...(await missing('subjects', 'subject', 'node_id', 'text')),
    ...(await missing('gaps', 'gap', 'dc_id', 'text')),
    ...(await missing('roll-ups', 'roll_up', 'dc_id', 'text')),
    ...(await missing('roll-ups', 'roll_up', 'service_id', 'text')),
  ];
  return found.length > 0 ? `${found.join('; ')}.` : null;
}

async function gapTrouble({ db }: OpenDatabase): Promise<string | null> {
  const rows = await db.selectFrom('gap').select(['id', 'dc_id', 'from_ms', 'to_ms']).orderBy('id').execute();
  const backward = rows.find(({ from_ms: fromMs, to_ms: toMs }) => toMs !== null && toMs < fromMs);
  if (backward) return `Gap ${backward.id} ends before it begins.`;
  const open = rows.filter(({ to_ms: toMs }) => toMs === null).map(({ dc_id: dc }) => dc);
  return new Set(open).size < open.length ? 'A datacenter has two gaps that last.' : null;
}

async function documentTrouble({ db }: OpenDatabase): Promise<string | null> {
  const rows = await documentRows(db);
  if (rows.length === 0) return null;
  const { revision } = await db.selectFrom('document_revision').select('revision').executeTakeFirstOrThrow();
  for (const { kind, id, body, version } of rows) {
    const name = `The document ${JSON.stringify(`${kind} ${decodeText(id)}`)}`;
    if (version > revision) return `${name} is newer than the newest of all.`;
    if (!isJson(decodeText(body))) return `${name} is no JSON.`;
  }
  return null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
