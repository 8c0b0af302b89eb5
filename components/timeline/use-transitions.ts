'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { readAnswer } from '@/components/live/answer-query';
import { useLive } from '@/components/live/context';
import { usePace } from '@/components/live/use-pace';
import { isTransitionsBody } from '@/lib/history/body-frames';
import type { TransitionItem, TransitionsBody } from '@/lib/history/transition-item';
import { historyPath, spanParameters, subjectParameters, type TimelineSubject } from '@/lib/timeline/history-path';
import { formatSpan, refreshOf, type Span } from '@/lib/timeline/span';

const PAGE = 50;
const AGAIN_MS = 5_000;
const KEPT_MS = 60_000;

interface TransitionsOptions {
  readonly subject: TimelineSubject;
  readonly span: Span;
  /** The span ends now. */
  readonly moving: boolean;
  /** By fields of transitions; empty: all. */
  readonly filter: string;
}

export interface Transitions {
  /** Newest first; undefined before the first answer. */
  readonly items: readonly TransitionItem[] | undefined;
  readonly error: string | null;
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readonly readMore: () => void;
}

export function transitionsPath(
  { subject, span, filter }: Omit<TransitionsOptions, 'moving'>,
  more: object = {},
): string {
  return historyPath('transitions', { ...subjectParameters(subject), ...spanParameters(span), filter, ...more });
}

/** The transitions of a span, a page at a time. While the span moves on, all pages that are shown are read anew. */
export function useTransitions({ subject, span, moving, filter }: TransitionsOptions): Transitions {
  const { reader } = useLive();
  const lengthMs = span.toMs - span.fromMs;
  const query = useInfiniteQuery({
    queryKey: ['transitions', subject, filter, moving ? lengthMs : formatSpan(span)],
    queryFn: ({ pageParam, signal }) =>
      readAnswer(
        reader,
        transitionsPath({ subject, span, filter }, { limit: PAGE, cursor: pageParam }),
        isTransitionsBody,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: TransitionsBody) => last.next,
    gcTime: KEPT_MS,
    retry: false,
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
  });
  const { data, refetch, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const again = useCallback(() => void refetch({ cancelRefetch: false }), [refetch]);
  usePace(again, moving ? refreshOf(lengthMs) : null);
  const { toMs } = span;
  const [readToMs, setReadToMs] = useState(toMs);
  useEffect(() => {
    if (!moving || toMs === readToMs) return;
    setReadToMs(toMs);
    again();
  }, [moving, toMs, readToMs, again]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return {
    items,
    error: error?.message ?? null,
    hasMore: hasNextPage,
    isReading: isFetchingNextPage,
    readMore: () => void fetchNextPage(),
  };
}
