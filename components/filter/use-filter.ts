'use client';

import { useMemo, useState } from 'react';
import { useNow } from '@/components/live/use-now';
import type { FilterError } from '@/lib/filter/filter-error';
import { readFilter } from '@/lib/filter/read-filter';
import type { FilterSchema } from '@/lib/filter/schema';
import { beforeUnfinishedField } from '@/lib/filter/unfinished-field';

export interface AppliedFilter<T> {
  /** What a list is to show; null: all. Another function as soon as another answer is possible, if only because time has passed. */
  readonly matches: ((record: T) => boolean) | null;
  /** The text that is applied: the last one that could be read. */
  readonly applied: string;
  /** What is wrong with the text as it stands. */
  readonly error: FilterError | null;
  /** Its last word is not applied: it begins the name of a field, and as a word it would leave nothing. */
  readonly held: boolean;
  /** To be told whether somebody is typing at the end of the text. */
  readonly onTyping: (typing: boolean) => void;
}

/** A duration of minutes need not be looked at more often. */
const STEP_MS = 1_000;
const HARDLY_EVER_MS = 3_600_000;
const unknown: readonly never[] = [];

/**
 * Applies a filter's text. While it cannot be read, what could be read last stays applied; at first that is nothing, and all is shown. Of `records`,
 * what is filtered where that is known here, a list would be empty on the way to `status:`: while somebody types it, `stat` is held back unless
 * a record has it.
 */
export function useFilter<T>(text: string, schema: FilterSchema<T>, records: readonly T[] = unknown): AppliedFilter<T> {
  const [typing, onTyping] = useState(false);
  const reading = useMemo(() => readFilter(text, schema), [text, schema]);
  const [last, keep] = useState(reading.ok ? reading.filter : null);
  const whole = reading.ok ? reading.filter : last;
  const nowMs = useNow(whole?.timed ? STEP_MS : HARDLY_EVER_MS);
  const atMs = whole?.timed ? nowMs : 0;
  const shorter = useMemo(() => {
    const before = typing && reading.ok ? beforeUnfinishedField(text, schema) : null;
    return before === null ? null : readFilter(before, schema);
  }, [typing, reading, text, schema]);
  const held = useMemo(
    () => shorter !== null && records.length > 0 && !records.some((record) => whole?.matches(record, atMs)),
    [shorter, records, whole, atMs],
  );
  const filter = !held ? whole : shorter?.ok ? shorter.filter : last;
  if (filter !== last) keep(filter);
  const matches = useMemo(
    () => (filter && !filter.everything ? (record: T) => filter.matches(record, atMs) : null),
    [filter, atMs],
  );
  return { matches, applied: filter?.text ?? '', error: reading.ok ? null : reading.error, held, onTyping };
}
