'use client';

import { createParser, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { useNow } from '@/components/live/use-now';
import { momentParser } from '@/components/ui/use-moment-choice';
import {
  clampSpan,
  formatSpan,
  movingSpan,
  paceOf,
  parseSpan,
  type RangeName,
  rangeMs,
  rangeNames,
  type Span,
} from '@/lib/timeline/span';

const rangeParsers = {
  range: parseAsStringLiteral(rangeNames).withDefault('1h'),
  from: momentParser,
  to: momentParser,
  sel: createParser({ parse: parseSpan, serialize: formatSpan }),
};
/** Each letter typed is no step that Back should go. */
const typed = parseAsString.withDefault('').withOptions({ history: 'replace', throttleMs: 200 });

/** What of the timeline the reader looks at; all of it is in the URL, so that a link shows the same. */
export function useTimelineOptions() {
  const [{ range, from, to, sel }, set] = useQueryStates(rangeParsers, { history: 'push' });
  const [filter, setFilter] = useQueryState('filter', typed);
  const [services, setServices] = useQueryState('services', typed);
  const moving = from === null || to === null || from >= to;
  const nowMs = useNow(paceOf(rangeMs[range]));
  const span = useMemo<Span>(
    () => (moving ? movingSpan(rangeMs[range], nowMs) : { fromMs: from, toMs: to }),
    [moving, range, nowMs, from, to],
  );
  const selection = useMemo(
    () => (sel && sel.toMs > span.fromMs && sel.fromMs < span.toMs ? clampSpan(sel, span) : null),
    [sel, span],
  );
  const select = useCallback((chosen: Span | null) => void set({ sel: chosen }, { history: 'replace' }), [set]);
  return {
    span,
    moving,
    /** Null: a span of its own. */
    range: moving ? range : null,
    selection,
    select,
    setRange: (name: RangeName) => set({ range: name, from: null, to: null, sel: null }),
    setSpan: ({ fromMs, toMs }: Span) => set({ from: fromMs, to: toMs, sel: null }),
    filter,
    setFilter: (text: string) => setFilter(text || null),
    services,
    setServices: (text: string) => setServices(text || null),
  };
}

export type TimelineOptions = ReturnType<typeof useTimelineOptions>;
