import { z } from 'zod';
import { readFilter } from '@/lib/filter/read-filter';
import type { FilterSchema } from '@/lib/filter/schema';
import { en } from '@/lib/text/en';
import { Problem } from './problems';

/** The query of a route whose answer can be filtered. */
export const filterQuery = z.object({
  filter: z
    .string()
    .optional()
    .describe('Leaves out what does not match, in the filter language: `status:critical dc:dc1 not tag:canary`'),
});

/**
 * Whether a record passes the filter that is asked for; ages are counted from `nowMs`, ms since 1970. The problem's member `filter` says what is
 * wrong, where (offsets in UTF-16 code units), and what could stand there.
 *
 * @throws Problem where it cannot be read
 */
export function requestedFilter<T>(text: string, schema: FilterSchema<T>, nowMs: number): (record: T) => boolean {
  const reading = readFilter(text, schema);
  if (reading.ok) return (record) => reading.filter.matches(record, nowMs);
  const { code, start, end, found, expected } = reading.error;
  const sentence = en.filter.error(reading.error);
  throw new Problem('invalid-filter', `${sentence} It is at character ${start + 1} of the filter.`, {
    filter: { code, start, end, found, expected },
  });
}
