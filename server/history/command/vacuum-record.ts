import { sql } from 'kysely';
import type { OpenDatabase } from '@/server/history/store/open-database';

/** Writes the whole record anew without the room that nothing takes any more. Needs as much room again while it goes on. */
export async function vacuumRecord({
  db,
  dialect,
  bytes,
}: OpenDatabase): Promise<{ readonly before: number; readonly after: number }> {
  const before = await bytes();
  if (dialect === 'sqlite') {
    await sql`vacuum`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  } else await sql`vacuum (full, analyze)`.execute(db);
  return { before, after: await bytes() };
}
