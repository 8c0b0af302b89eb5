import { setTimeout as wait } from 'node:timers/promises';
import type { OpenDatabase } from '@/server/history/store/open-database';
import { CommandError } from './command-error';

/** Whoever writes a record says so each second. */
const LOOK_MS = 2_500;
/** By more than this the clocks of two machines do not differ. */
const CLOCKS_MS = 600_000;

/**
 * Refuses to change a shared record that a Lictor writes now. Of a file nobody else has the lock.
 *
 * @throws CommandError
 */
export async function refusePenInUse({ db, dialect }: OpenDatabase): Promise<void> {
  if (dialect === 'sqlite') return;
  const look = () => db.selectFrom('recorder').select(['alive_ms', 'term']).executeTakeFirstOrThrow();
  const before = await look();
  if (before.alive_ms === null || Math.abs(Date.now() - before.alive_ms) > CLOCKS_MS) return;
  await wait(LOOK_MS);
  const after = await look();
  if (before.alive_ms === after.alive_ms && before.term === after.term) return;
  throw new CommandError('A Lictor writes this record now, and nothing was changed. Stop every replica first.');
}
