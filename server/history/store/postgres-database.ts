import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import { migrate } from './migrations';
import type { OpenDatabase } from './open-database';
import type { Tables } from './tables';

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
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const database: OpenDatabase = {
    ...{ db, dialect: 'postgres' },
    bytes: async () => {
      const { rows } = await sql<{ bytes: number }>`
        select coalesce(sum(pg_total_relation_size(oid)), 0) as bytes from pg_class
        where relkind = 'r' and relnamespace = current_schema()::regnamespace
          and relname in ('text', 'subject', 'transition', 'span', 'gap', 'roll_up', 'open_roll_up', 'checkpoint')`.execute(
        db,
      );
      return rows[0]?.bytes ?? 0;
    },
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
