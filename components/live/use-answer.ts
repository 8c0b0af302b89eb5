'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type AnswerReader, readAnswer } from './answer-query';
import { useLive } from './context';
import { usePace } from './use-pace';

/** What failed is asked again so often. */
const AGAIN_MS = 5_000;
/** An answer that nobody shows any more is kept so long. */
const KEPT_MS = 60_000;

export interface Answer<Body> {
  /** The last one that came, also while the next is on its way or fails. */
  readonly body: Body | undefined;
  /** The server's time when `body` came, in ms. */
  readonly readAtMs: number;
  /** A sentence, where the last try failed; it is tried again. */
  readonly error: string | null;
}

interface AnswerOptions {
  /** While an answer about the same thing is on its way the last one stays: what this names it about. */
  readonly about: string;
  /** Ask again at most so often while the stream brings changes, in ms; null: what is asked for does not change any more. */
  readonly paceMs: number | null;
}

/**
 * What the API answers to a GET, if `isBody` finds its frame. `path` begins with `/api/`; null: nothing is asked yet. An answer that may still change is asked for
 * again soon after the stream has brought a change, and once more after that, since what is recorded comes a moment later than what is published.
 */
export function useAnswer<Body>(
  path: string | null,
  isBody: (value: unknown) => value is Body,
  options: AnswerOptions,
): Answer<Body> {
  const { reader, core } = useLive();
  const { about, paceMs } = options;
  const query = useQuery({
    queryKey: ['answer', path],
    queryFn: async ({ signal }) => {
      const body = await readAnswer(reader satisfies AnswerReader, path ?? '', isBody, signal);
      return { body, readAtMs: core.serverClock.nowMs() };
    },
    enabled: path !== null,
    gcTime: KEPT_MS,
    retry: false,
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
  });
  const [kept, keep] = useState<{ about: string; body: Body; readAtMs: number } | null>(null);
  const came = query.data;
  if (came && kept?.body !== came.body) keep({ about, ...came });
  const { refetch } = query;
  const again = useCallback(() => void refetch({ cancelRefetch: false }), [refetch]);
  usePace(again, path === null ? null : paceMs);
  const last = came ?? (kept?.about === about ? kept : undefined);
  return { body: last?.body, readAtMs: last?.readAtMs ?? 0, error: query.error?.message ?? null };
}
