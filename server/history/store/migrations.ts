import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { RecordError } from '@/server/history/record-store';
import { FIRST_RARE_KIND, FIXED_TEXTS } from './codes';
import type { Database, Dialect } from './tables';
import { textHash } from './text-encoding';

/**
 * Brings a record up to this version of Lictor; an empty database becomes an empty record.
 * @throws RecordError `newer-version`: it was written by a later Lictor
 */
export async function migrate(db: Database, dialect: Dialect): Promise<void> {
  const migrations = migrationsFor(dialect);
  await refuseNewer(db, dialect);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** @throws RecordError `newer-version` */
export async function refuseNewer(db: Database, dialect: Dialect): Promise<void> {
  const migrations = migrationsFor(dialect);
  const unknown = (await executed(db)).find((name) => !(name in migrations));
  if (unknown === undefined) return;
  throw new RecordError(
    'newer-version',
    `The history was written by a newer version of Lictor (it has "${unknown}"), and this one would damage it: start the newer version, or give this one another place for its history.`,
  );
}

/** Names of the migrations that the database has been through. */
async function executed(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** All migrations in the order of their names. One that was released is never changed. */
function migrationsFor(dialect: Dialect): Record<string, Migration> {
  return {
    '001-record': { up: (db: Kysely<never>) => createRecord(db, dialect) },
    '002-documents': { up: (db: Kysely<never>) => createDocuments(db, dialect) },
  };
}

async function createRecord(db: Kysely<never>, dialect: Dialect): Promise<void> {
  // "integer primary key", word for word, is what makes a column SQLite's row id.
  const wide = dialect === 'sqlite' ? 'integer' : 'bigint';
  const bytes = dialect === 'sqlite' ? 'blob' : 'bytea';
  const { schema } = db;
  await schema
    .createTable('text')
    .addColumn('id', wide, (column) => column.primaryKey())
    .addColumn('hash', 'bigint', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('text_by_hash').on('text').column('hash').execute();

  await schema
    .createTable('subject')
    .addColumn('id', wide, (column) => column.primaryKey())
    .addColumn('kind', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('dc_id', 'bigint', (column) => column.notNull())
    .addColumn('service_id', 'bigint')
    .addColumn('node_id', 'bigint')
    .execute();
  await schema.createIndex('subject_by_key').on('subject').columns(['key', 'kind', 'service_id']).unique().execute();
  await schema.createIndex('subject_by_service').on('subject').columns(['service_id', 'dc_id']).execute();
  await schema.createIndex('subject_by_node').on('subject').columns(['node_id', 'dc_id']).execute();

  await schema
    .createTable('transition')
    .addColumn('id', wide, (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('subject_id', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'integer', (column) => column.notNull())
    .addColumn('item_id', 'bigint')
    .addColumn('consul_index', 'bigint')
    .addColumn('from_id', 'bigint')
    .addColumn('to_id', 'bigint')
    .addColumn('flags', 'integer', (column) => column.notNull())
    .addColumn('unwatched_from_ms', 'bigint')
    .execute();
  await schema.createIndex('transition_by_subject').on('transition').columns(['subject_id', 'id']).execute();
  await sql`create index transition_of_rare_kind on transition (kind, id) where kind >= ${sql.lit(FIRST_RARE_KIND)}`.execute(
    db,
  );

  await schema
    .createTable('span')
    .addColumn('first_id', wide, (column) => column.primaryKey())
    .addColumn('last_id', 'bigint', (column) => column.notNull())
    .addColumn('min_ms', 'bigint', (column) => column.notNull())
    .addColumn('max_ms', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('gap')
    .addColumn('id', wide, (column) => column.primaryKey())
    .addColumn('dc_id', 'bigint', (column) => column.notNull())
    .addColumn('from_ms', 'bigint', (column) => column.notNull())
    .addColumn('to_ms', 'bigint')
    .addColumn('reason', 'text', (column) => column.notNull())
    .execute();

  for (const [table, key] of [
    ['roll_up', ['tier', 'dc_id', 'service_id', 'at_ms']],
    ['open_roll_up', ['tier', 'dc_id', 'service_id']],
  ] as const) {
    await schema
      .createTable(table)
      .addColumn('tier', 'integer', (column) => column.notNull())
      .addColumn('dc_id', 'bigint', (column) => column.notNull())
      .addColumn('service_id', 'bigint', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('counts', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint(`${table}_key`, [...key] as never[])
      .modifyEnd(dialect === 'sqlite' ? sql`without rowid` : sql``)
      .execute();
  }

  await schema
    .createTable('checkpoint')
    .addColumn('last_id', wide, (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('bytes', sql.raw(bytes) as never, (column) => column.notNull())
    .execute();

  await schema
    .createTable('recorder')
    .addColumn('id', wide, (column) => column.primaryKey())
    .addColumn('term', 'bigint', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('alive_ms', 'bigint')
    .execute();

  const tables = db as unknown as Database;
  await tables
    .insertInto('text')
    .values(FIXED_TEXTS.map((value, at) => ({ id: at + 1, hash: textHash(value), value })))
    .execute();
  await tables.insertInto('recorder').values({ id: 1, term: 0, holder: '', alive_ms: null }).execute();
}

async function createDocuments(db: Kysely<never>, dialect: Dialect): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('document')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('written_at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('document_key', ['kind', 'id'] as never[])
    .execute();
  await schema
    .createTable('document_revision')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigint', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .execute();
  await (db as unknown as Database).insertInto('document_revision').values({ id: 1, revision: 0 }).execute();
}
