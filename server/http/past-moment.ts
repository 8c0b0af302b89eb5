import type { PastMoment } from '@/lib/history/past-fleet';
import type { PastSummary } from '@/lib/history/recorded';
import { readPast, readPastSummary } from '@/server/history/queries/read-past';
import type { RecordReader } from '@/server/history/record-store';
import { openReader } from './open-reader';
import type { AppParts } from './parts';
import { Problem } from './problems';

/**
 * The fleet, or one datacenter of it, as it was at a moment.
 *
 * @param at ISO 8601
 * @throws Problem where the moment is to come, or before the record
 */
export function pastMoment(parts: AppParts, at: string, dc: string | null): Promise<PastMoment> {
  return recordedMoment(parts, at, dc, (reader, atMs, epoch) => readPast(reader, atMs, dc, epoch));
}

/** The same in sums. */
export function pastSummary(parts: AppParts, at: string): Promise<PastMoment<PastSummary>> {
  return recordedMoment(parts, at, null, readPastSummary);
}

async function recordedMoment<Moment extends PastMoment<unknown>>(
  parts: AppParts,
  at: string,
  dc: string | null,
  read: (reader: RecordReader, atMs: number, epoch: number) => Promise<Moment>,
): Promise<Moment> {
  const atMs = Date.parse(at);
  if (atMs > parts.nowMs()) throw new Problem('invalid-request', 'at lies in the future.');
  const moment = await read(openReader(parts), atMs, parts.store.fleetBody().epoch);
  if (moment.datacenters.length > 0) return moment;
  throw new Problem('not-recorded', `Nothing is recorded of ${dc ?? 'any datacenter'} at ${at}.`);
}
