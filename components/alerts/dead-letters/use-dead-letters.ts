'use client';

import { useQuery } from '@tanstack/react-query';
import { readAnswer } from '@/components/live/answer-query';
import { useLive } from '@/components/live/context';
import { useAlerts } from '@/components/live/use-alerts';
import { useReadOnChange } from '@/components/live/use-read-on-change';
import type { AlertsBody, DeadLetter } from '@/lib/alerts/alert-body';

export const DEAD_LETTERS_PATH = '/api/v1/dead-letters';
export const deadLettersKey = ['dead-letters'] as const;

/** What failed is asked again so often, ms. */
const AGAIN_MS = 5_000;

const outletsOf = ({ outlets }: AlertsBody) => outlets;

/** Deliveries that were given up. No topic carries them: they are read again whenever the stream says that something became of an outlet. */
export function useDeadLetters(): { readonly items: readonly DeadLetter[] | undefined; readonly error: string | null } {
  const live = useLive();
  const { data, error, isFetching, refetch } = useQuery(
    {
      queryKey: deadLettersKey,
      queryFn: ({ signal }) => readAnswer(live.reader, DEAD_LETTERS_PATH, isDeadLetters, signal),
      refetchOnMount: 'always',
      refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
      retry: false,
    },
    live.queryClient,
  );
  useReadOnChange([useAlerts(outletsOf)], isFetching, refetch, live.reader.clock);
  return { items: data?.items, error: error?.message ?? null };
}

/** The frame alone is looked at. */
function isDeadLetters(value: unknown): value is { readonly items: readonly DeadLetter[] } {
  return Array.isArray((value as { items?: unknown } | null)?.items);
}
