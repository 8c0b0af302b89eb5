import type { OpenDatabase } from '@/server/history/store/open-database';
import { SpanWriter } from '@/server/history/store/span-writer';
import type { Queryable, RollUpRow, Tables } from '@/server/history/store/tables';
import { CommandError } from './command-error';
import { type DumpTable, isEnd, parseHead, parseLine, tablesOf } from './dump-format';

const ROWS_AT_ONCE = 500;

/**
 * Puts an export into a record that is empty, or in the place of what it holds. Whole or not at all.
 *
 * @param lines the file's, without their ends
 */
export async function importRecord(
  { db }: OpenDatabase,
  lines: AsyncIterable<string>,
  replace: boolean,
): Promise<{ readonly transitions: number }> {
  return db.transaction().execute(async (queryable) => {
    const held = await queryable.selectFrom('transition').select('id').limit(1).executeTakeFirst();
    const kept = await queryable.selectFrom('document').select('id').limit(1).executeTakeFirst();
    if ((held || kept) && !replace) {
      throw new CommandError(
        'There is a record already, and it was not touched. Import into another LICTOR_DATA_DIR or database, or say --replace to put the export in its place.',
      );
    }
    return importLines(queryable, lines);
  });
}

async function importLines(db: Queryable, lines: AsyncIterable<string>): Promise<{ readonly transitions: number }> {
  const spans = new SpanWriter();
  let aliveMs: number | null | undefined;
  let number = 0;
  let ended = false;
  let transitions = 0;
  let newest: RollUpRow | null = null;
  let waiting: { table: DumpTable; rows: Record<string, unknown>[] } = { table: 'text', rows: [] };
  const put = async (table: keyof Tables, rows: readonly Record<string, unknown>[]) => {
    if (rows.length > 0)
      await db
        .insertInto(table)
        .values(rows as never)
        .execute();
  };
  const flush = async (table: DumpTable) => {
    const { rows } = waiting;
    await put(waiting.table, rows);
    if (waiting.table === 'transition') {
      await spans.write(db, rows as never);
      transitions += rows.length;
    }
    waiting = { table, rows: [] };
  };
  for await (const line of lines) {
    number += 1;
    if (aliveMs === undefined) {
      const head = parseHead(line);
      aliveMs = head.aliveMs;
      for (const table of [...tablesOf(head), 'span', 'open_roll_up'] as const) await db.deleteFrom(table).execute();
      await spans.load(db);
      continue;
    }
    ended = isEnd(line, number - 2);
    if (ended) break;
    const { table, row } = parseLine(line, number);
    if (table !== waiting.table || waiting.rows.length >= ROWS_AT_ONCE) await flush(table);
    if (table === 'roll_up') {
      // The newest of each scope and tier is the one that is counted on.
      const next = row as unknown as RollUpRow;
      if (newest) {
        if (sameScope(newest, next)) waiting.rows.push({ ...newest });
        else await put('open_roll_up', [{ ...newest }]);
      }
      newest = next;
    } else
      waiting.rows.push(table === 'checkpoint' ? { ...row, bytes: Buffer.from(String(row.bytes), 'base64') } : row);
  }
  if (aliveMs === undefined || !ended)
    throw new CommandError('The file was cut: its last line is missing. Nothing was imported.');
  await flush('text');
  if (newest) await put('open_roll_up', [{ ...newest }]);
  // Whoever had the pen has it no more.
  await db
    .updateTable('recorder')
    .set((row) => ({ term: row('term', '+', 1), alive_ms: aliveMs }))
    .execute();
  await outdateDocuments(db);
  return { transitions };
}

/** Whoever knew the documents reads them again, and none that is written from now on has a version that was there. */
async function outdateDocuments(db: Queryable): Promise<void> {
  const { newest } = await db
    .selectFrom('document')
    .select(({ fn }) => fn.max<number | null>('version').as('newest'))
    .executeTakeFirstOrThrow();
  const { revision } = await db.selectFrom('document_revision').select('revision').executeTakeFirstOrThrow();
  await db
    .updateTable('document_revision')
    .set({ revision: Math.max(revision, newest ?? 0) + 1 })
    .execute();
}

const sameScope = (a: RollUpRow, b: RollUpRow): boolean =>
  a.tier === b.tier && a.dc_id === b.dc_id && a.service_id === b.service_id;
