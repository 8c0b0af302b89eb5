import { compareText } from '@/lib/fleet/observe-checks';
import type { RecordDocument, RecordDocuments } from '@/server/history/record-store';
import type { OpenDatabase } from './open-database';
import type { Queryable, Tables } from './tables';
import { decodeText, encodeText } from './text-encoding';

/** Kinds of which each write drops what is older than this, ms: they are needed for a while alone. */
const KEPT_MS: Readonly<Record<string, number>> = { idempotency: 86_400_000 };

/** Every document of a database, sorted, as its rows. A file that was last written by an earlier Lictor has no place for any. */
export async function documentRows(db: Queryable): Promise<readonly Tables['document'][]> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === 'document')) return [];
  const rows = await db.selectFrom('document').selectAll().execute();
  // Databases sort by their own rules.
  return rows.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id));
}

/** The documents of one database. */
export class StoreDocuments implements RecordDocuments {
  /** @param nowMs ms since 1970, by a clock that nobody sets: one that is set ahead must not drop what is new */
  constructor(
    private readonly database: OpenDatabase,
    private readonly nowMs: () => number,
  ) {}

  async all(kind: string): Promise<readonly RecordDocument[]> {
    const rows = await this.database.db
      .selectFrom('document')
      .select(['id', 'body', 'version', 'written_at_ms'])
      .where('kind', '=', encodeText(kind))
      .execute();
    return rows
      .map((row) => ({
        ...{ id: decodeText(row.id), body: decodeText(row.body) },
        ...{ version: row.version, writtenAtMs: row.written_at_ms },
      }))
      .sort((a, b) => compareText(a.id, b.id));
  }

  put(kind: string, id: string, body: string, expected: number | null): Promise<number | null> {
    const key = { kind: encodeText(kind), id: encodeText(id) };
    return this.#change(key, expected, async (db, { next: version }) => {
      const writtenAtMs = this.nowMs();
      const row = { body: encodeText(body), version, written_at_ms: writtenAtMs };
      await db
        .insertInto('document')
        .values({ ...key, ...row })
        .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(row))
        .execute();
      const keptMs = KEPT_MS[kind];
      if (keptMs !== undefined) {
        const old = db.deleteFrom('document').where('kind', '=', key.kind);
        await old.where('written_at_ms', '<', writtenAtMs - keptMs).execute();
      }
      return true;
    });
  }

  async remove(kind: string, id: string, expected: number | null): Promise<boolean> {
    const key = { kind: encodeText(kind), id: encodeText(id) };
    const removed = await this.#change(key, expected, async (db, { version }) => {
      await db.deleteFrom('document').where('kind', '=', key.kind).where('id', '=', key.id).execute();
      return version !== 0;
    });
    return removed !== null;
  }

  async revision(): Promise<number> {
    return (await this.database.db.selectFrom('document_revision').select('revision').executeTakeFirstOrThrow())
      .revision;
  }

  /**
   * One change, in one transaction with the revision.
   * @param act whether it changed anything
   * @returns the new revision; null: nothing was changed
   */
  #change(
    { kind, id }: { readonly kind: string; readonly id: string },
    expected: number | null,
    act: (db: Queryable, found: { readonly version: number; readonly next: number }) => Promise<boolean>,
  ): Promise<number | null> {
    const { db: database, dialect } = this.database;
    return database.transaction().execute(async (db) => {
      // Changes follow each other, in the order of their revisions, whoever makes them: the row is locked until this one is over. A file has one writer.
      const { revision } = await db
        .selectFrom('document_revision')
        .select('revision')
        .$if(dialect === 'postgres', (query) => query.forUpdate())
        .executeTakeFirstOrThrow();
      const present = await db
        .selectFrom('document')
        .select('version')
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      const version = present?.version ?? 0;
      if (expected !== null && expected !== version) return null;
      const next = revision + 1;
      if (!(await act(db, { version, next }))) return null;
      await db.updateTable('document_revision').set({ revision: next }).execute();
      return next;
    });
  }
}
