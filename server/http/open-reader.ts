import type { RecordReader } from '@/server/history/record-store';
import type { AppParts } from './parts';
import { Problem } from './problems';

/** The record to read from. @throws Problem where it is not open */
export function openReader({ record }: Pick<AppParts, 'record'>): RecordReader {
  if (record?.reader) return record.reader;
  const why = record
    ? 'The record of the past is not open; /api/v1/history says why.'
    : 'This Lictor keeps no record of the past.';
  throw new Problem('history-unavailable', `${why} The live pages are not affected.`);
}
