import { createHash } from 'node:crypto';
import type { RecordBatch } from '@/server/history/record-store';

/**
 * Tells a batch from every other. Where the answer to a write was lost, whoever sends the same batch again does not know whether it was written;
 * the record does.
 */
export function batchMark(batch: RecordBatch): string {
  return createHash('sha1').update(JSON.stringify(batch)).digest('base64');
}
