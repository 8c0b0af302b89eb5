'use client';

import { createParser, useQueryState } from 'nuqs';
import { formatMoment, parseMoment } from '@/lib/timeline/span';

export const momentParser = createParser({ parse: parseMoment, serialize: formatMoment });

/** Playing writes it many times a second, browsers allow some ten in ten seconds less. */
const WRITTEN_EVERY_MS = 500;

/** The moment of the past that the reader looks at, kept in the URL as `?at=`, in ms since 1970; null: live. */
export function useMomentChoice() {
  return useQueryState('at', momentParser.withOptions({ history: 'replace', throttleMs: WRITTEN_EVERY_MS }));
}
