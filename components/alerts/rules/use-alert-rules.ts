'use client';

import { useQuery } from '@tanstack/react-query';
import { readAnswer } from '@/components/live/answer-query';
import { useLive } from '@/components/live/context';
import { useAlerts } from '@/components/live/use-alerts';
import { useReadOnChange } from '@/components/live/use-read-on-change';
import type { AlertRulesBody, AlertsBody } from '@/lib/alerts/alert-body';

/** What failed is asked again so often, ms. */
const AGAIN_MS = 5_000;
const KEY = ['alert-rules'];

const rulesOf = (body: AlertsBody) => body.rules;

export interface LiveRules {
  /** As they were read last; undefined: not yet. */
  readonly body: AlertRulesBody | undefined;
  /** A sentence, where the last try to read them failed. */
  readonly error: string | null;
  /** Takes what the server answered to a change. */
  readonly take: (body: AlertRulesBody) => void;
}

/** The rules as they are written, read again whenever the stream says that others are in force. */
export function useAlertRules(): LiveRules {
  const live = useLive();
  const { data, error, isFetching, refetch } = useQuery(
    {
      queryKey: KEY,
      queryFn: ({ signal }) => readAnswer(live.reader, '/api/v1/alert-rules', isAlertRules, signal),
      refetchOnMount: 'always',
      refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
      retry: false,
    },
    live.queryClient,
  );
  const inForce = useAlerts(rulesOf);
  useReadOnChange([inForce], isFetching, refetch, live.reader.clock);
  return {
    body: data,
    error: error?.message ?? null,
    take: (body) => live.queryClient.setQueryData(KEY, body),
  };
}

/** The frame alone is looked at. */
function isAlertRules(value: unknown): value is AlertRulesBody {
  const { text, state, etag } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof text === 'string' && typeof etag === 'string' && typeof state === 'object' && state !== null;
}
