'use client';

import { createParser, parseAsStringLiteral, useQueryStates } from 'nuqs';
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

const parsers = {
  range: parseAsStringLiteral(rangeNames).withDefault('1h'),
  from: momentParser,
  to: momentParser,
  sel: createParser({ parse: parseSpan, serialize: formatSpan }),
};

/** Which span of time the reader looks at, and what of it is selected: `?range=` or `?from=&to=`, and `?sel=`. Choosing makes an entry in the browser's history. */
export function useSpanChoice() {
  const [{ range, from, to, sel }, set] = useQueryStates(parsers, { history: 'push' });
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
  const setSpan = useCallback(({ fromMs, toMs }: Span) => void set({ from: fromMs, to: toMs, sel: null }), [set]);
  return {
    span,
    /** It ends now, and moves on. */
    moving,
    /** Null: a span of its own. */
    range: moving ? range : null,
    selection,
    select,
    setRange: (name: RangeName) => void set({ range: name, from: null, to: null, sel: null }),
    setSpan,
  };
}

export type SpanChoice = ReturnType<typeof useSpanChoice>;
