'use client';

import { useMemo, useState } from 'react';
import { useNow } from '@/components/live/use-now';
import type { FilterError } from '@/lib/filter/filter-error';
import { readFilter } from '@/lib/filter/read-filter';
import type { FilterSchema } from '@/lib/filter/schema';

export interface AppliedFilter<T> {
  /** What a list is to show; null: all. Another function as soon as another answer is possible, if only because time has passed. */
  readonly matches: ((record: T) => boolean) | null;
  /** The text that is applied: the last one that could be read. */
  readonly applied: string;
  /** What is wrong with the text as it stands. */
  readonly error: FilterError | null;
}

/** A duration of minutes need not be looked at more often. */
const STEP_MS = 1_000;
const HARDLY_EVER_MS = 3_600_000;

/** Applies a filter's text. While it cannot be read, what could be read last stays applied; at first that is nothing, and all is shown. */
export function useFilter<T>(text: string, schema: FilterSchema<T>): AppliedFilter<T> {
  const reading = useMemo(() => readFilter(text, schema), [text, schema]);
  const [held, hold] = useState(reading.ok ? reading.filter : null);
  if (reading.ok && reading.filter !== held) hold(reading.filter);
  const filter = reading.ok ? reading.filter : held;
  const nowMs = useNow(filter?.timed ? STEP_MS : HARDLY_EVER_MS);
  const atMs = filter?.timed ? nowMs : 0;
  const matches = useMemo(
    () => (filter && !filter.everything ? (record: T) => filter.matches(record, atMs) : null),
    [filter, atMs],
  );
  return { matches, applied: filter?.text ?? '', error: reading.ok ? null : reading.error };
}
