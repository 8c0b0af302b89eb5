import type { PastMoment } from '@/lib/history/past-fleet';
import { readPast } from '@/server/history/queries/read-past';
import { openReader } from './open-reader';
import type { AppParts } from './parts';
import { Problem } from './problems';

/**
 * The fleet, or one datacenter of it, as it was at a moment.
 *
 * @param at ISO 8601
 * @throws Problem where the moment is to come, or before the record
 */
export async function pastMoment(parts: AppParts, at: string, dc: string | null): Promise<PastMoment> {
  const atMs = Date.parse(at);
  if (atMs > parts.nowMs()) throw new Problem('invalid-request', 'at lies in the future.');
  const moment = await readPast(openReader(parts), atMs, dc, parts.store.fleetBody().epoch);
  if (moment.datacenters.length > 0) return moment;
  throw new Problem('not-recorded', `Nothing is recorded of ${dc ?? 'any datacenter'} at ${at}.`);
}
