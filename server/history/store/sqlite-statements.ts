import type Sqlite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { RecentMap } from './recent-map';

const MOST_KEPT = 60;
const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

/** Statements as Kysely asks for them, each compiled once. */
export function statementsOf(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new RecentMap<string, SqliteStatement>(MOST_KEPT);
  return {
    close: () => void sqlite.close(),
    prepare: (text) => {
      // A full disk has rolled the transaction back by itself; to do it again would be a second error, in the place of the first.
      if (text === 'rollback' && !sqlite.inTransaction) return NOTHING;
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = sqlite.prepare<unknown[], unknown>(text) as unknown as SqliteStatement;
      kept.set(text, statement);
      return statement;
    },
  };
}
