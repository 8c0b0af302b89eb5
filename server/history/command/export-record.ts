import { documentRows } from '@/server/history/store/documents';
import type { OpenDatabase } from '@/server/history/store/open-database';
import type { Queryable } from '@/server/history/store/tables';
import { lastIdAt } from '@/server/history/store/time-to-ids';
import { type DumpTable, dumpEnd, dumpHead, dumpLine } from './dump-format';

const ROWS_AT_ONCE = 2_000;

/**
 * A record as lines, all of one moment, however much is written meanwhile.
 *
 * @param fromMs null: from its beginning; else with what is needed to know this moment, the checkpoint before it and the transitions since
 */
export async function exportRecord(
  { db, dialect }: OpenDatabase,
  fromMs: number | null,
  write: (lines: string) => Promise<void>,
): Promise<{ readonly transitions: number }> {
  const transaction = db.transaction();
  // SQLite's are of one moment anyway.
  const snapshot = dialect === 'postgres' ? transaction.setIsolationLevel('repeatable read') : transaction;
  return snapshot.execute((queryable) => exportRows(queryable, fromMs, write));
}

async function exportRows(
  db: Queryable,
  fromMs: number | null,
  write: (lines: string) => Promise<void>,
): Promise<{ readonly transitions: number }> {
  const { alive_ms: aliveMs } = await db.selectFrom('recorder').select('alive_ms').executeTakeFirstOrThrow();
  const start = await startOf(db, fromMs);
  await write(`${JSON.stringify(dumpHead(aliveMs))}\n`);

  let count = 0;
  const all = async (table: DumpTable, rows: readonly Readonly<Record<string, unknown>>[]) => {
    count += rows.length;
    if (rows.length > 0) await write(rows.map((row) => dumpLine(table, row)).join(''));
  };
  for (const table of ['text', 'subject'] as const) {
    await paged((after) =>
      db.selectFrom(table).selectAll().where('id', '>', after).orderBy('id').limit(ROWS_AT_ONCE).execute(),
    )((rows) => all(table, rows));
  }
  await paged((after) =>
    db
      .selectFrom('gap')
      .selectAll()
      .where('id', '>', after)
      .where((row) => row.or([row('to_ms', 'is', null), row('to_ms', '>', start.atMs)]))
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute(),
  )((rows) => all('gap', rows));
  await exportRollUps(db, start.atMs, (rows) => all('roll_up', rows));
  await paged((after) =>
    db
      .selectFrom('checkpoint')
      .selectAll()
      .select('last_id as id')
      .where('last_id', '>', Math.max(after, start.lastId - 1))
      .orderBy('last_id')
      .limit(10)
      .execute(),
  )((rows) =>
    all(
      'checkpoint',
      rows.map((row) => ({ ...row, bytes: Buffer.from(row.bytes).toString('base64') })),
    ),
  );
  let transitions = 0;
  await paged((after) =>
    db
      .selectFrom('transition')
      .selectAll()
      .where('id', '>', Math.max(after, start.lastId))
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute(),
  )(async (rows) => {
    transitions += rows.length;
    await all('transition', rows);
  });
  await all('document', await documentRows(db));
  await write(dumpEnd(count));
  return { transitions };
}

/** The checkpoint that a moment is folded from; from the beginning where there is none. */
async function startOf(
  db: Queryable,
  fromMs: number | null,
): Promise<{ readonly lastId: number; readonly atMs: number }> {
  const beginning = { lastId: 0, atMs: 0 };
  const lastId = fromMs === null ? null : await lastIdAt(db, fromMs);
  if (lastId === null) return beginning;
  const checkpoint = await db
    .selectFrom('checkpoint')
    .select(['last_id as lastId', 'at_ms as atMs'])
    .where('last_id', '<=', lastId)
    .orderBy('last_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return checkpoint ?? beginning;
}

/** Reads on by the id of the last row. */
function paged<Row extends { readonly id: number }>(read: (afterId: number) => Promise<Row[]>) {
  return async (each: (rows: readonly Row[]) => Promise<void>): Promise<void> => {
    let afterId = -1;
    for (;;) {
      const rows = await read(afterId);
      const last = rows.at(-1);
      if (!last) return;
      await each(rows);
      afterId = last.id;
    }
  };
}

/** Scope by scope, each in order, with the one that is still counted last. */
async function exportRollUps(
  db: Queryable,
  fromMs: number,
  each: (rows: readonly Readonly<Record<string, unknown>>[]) => Promise<void>,
): Promise<void> {
  const scopes = db.selectFrom('open_roll_up').selectAll().orderBy('tier').orderBy('dc_id').orderBy('service_id');
  for (const open of await scopes.execute()) {
    const finished = await db
      .selectFrom('roll_up')
      .selectAll()
      .where('tier', '=', open.tier)
      .where('dc_id', '=', open.dc_id)
      .where('service_id', '=', open.service_id)
      .orderBy('at_ms')
      .execute();
    const rows = [...finished, open];
    // What began before the range holds until the next one: it is needed too.
    const first = rows.findLastIndex(({ at_ms }) => at_ms <= fromMs);
    await each(rows.slice(Math.max(0, first)));
  }
}
