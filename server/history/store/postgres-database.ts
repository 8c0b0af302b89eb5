import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import { Pool, types } from 'pg';
import { migrate } from './migrations';
import type { OpenDatabase } from './open-database';
import type { Queryable, Tables } from './tables';

/** Oid of PostgreSQL's bigint and numeric. All that the record holds of them are times, ids and counts, which a JavaScript number holds exactly. */
const NUMBERS: ReadonlySet<number> = new Set([types.builtins.INT8, types.builtins.NUMERIC]);
const CONNECT_LIMIT_MS = 5_000;
/** A server that is gone without a word is given up after this. */
const QUERY_LIMIT_MS = 30_000;

/**
 * The record in a shared PostgreSQL.
 * @param connections one for a writer, whose calls follow each other
 */
export async function openPostgres(url: string, connections: number): Promise<OpenDatabase> {
  const pool = new Pool({
    ...{ connectionString: url, max: connections, application_name: 'lictor history' },
    ...{ connectionTimeoutMillis: CONNECT_LIMIT_MS, query_timeout: QUERY_LIMIT_MS, keepAlive: true },
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        NUMBERS.has(oid) ? Number : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
    },
  });
  // A connection that breaks is replaced by the pool, and who uses it is told by its query; without a listener it would end the process. The pool listens to
  // those that nobody uses alone: one may break between two statements of a transaction.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const database: OpenDatabase = {
    ...{ db, dialect: 'postgres' },
    bytes: () => sizeOf(db, RELATION_SIZE),
    usedBytes: (queryable) => sizeOf(queryable, USED_SIZE),
    // Its autovacuum keeps what was deleted for what comes next.
    giveBack: async () => false,
    close: () => db.destroy(),
  };
  try {
    await migrate(db, 'postgres');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

const RELATION_SIZE = sql<number>`pg_total_relation_size(c.oid)`;
/** What PostgreSQL's own statistics count as dead is not used; before they are there, everything is. */
const USED_SIZE = sql<number>`pg_total_relation_size(c.oid) * coalesce(s.n_live_tup / nullif(s.n_live_tup + s.n_dead_tup, 0)::numeric, 1)`;

/** Over all tables of the record, bytes. */
async function sizeOf(db: Queryable, size: RawBuilder<number>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(${size}), 0) as bytes from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
      and c.relname in (${sql.join(TABLES)})`.execute(db);
  return Math.round(rows[0]?.bytes ?? 0);
}

const TABLES = [
  'text',
  'subject',
  'transition',
  'span',
  'gap',
  'roll_up',
  'open_roll_up',
  'checkpoint',
  'document',
] as const;
