'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { AlertBody, AlertRecord, AlertsBody } from '@/lib/alerts/alert-body';
import { readAlert, UnknownAlertError } from './alert-query';
import { useLive } from './context';
import { useAlerts } from './use-alerts';
import { useReadOnChange } from './use-read-on-change';

/** What failed is asked again so often, ms. */
const AGAIN_MS = 5_000;

export interface LiveAlert {
  /** As the stream has it, else as it was read last; undefined: none yet. */
  readonly record: AlertRecord | undefined;
  /** With what happened to it, as it was read at `body.at`; the last one stays. */
  readonly body: AlertBody | undefined;
  /** There is none of this id: it is over, and forgotten. */
  readonly unknown: boolean;
  /** A sentence, where the last try to read it failed. */
  readonly error: string | null;
  /** Takes what the server answered to a change, before the stream brings it. */
  readonly take: (body: AlertBody) => void;
}

/** One alert. Its record is live; what happened to it is read as often as that record changes. */
export function useAlert(id: string): LiveAlert {
  const live = useLive();
  const queryKey = ['alert', id];
  const { data, error, isFetching, refetch } = useQuery(
    {
      queryKey,
      queryFn: ({ signal }) => readAlert(live.reader, id, signal),
      refetchOnMount: 'always',
      refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
      retry: false,
      structuralSharing: true,
      // What was read once is old when somebody comes back.
      gcTime: 0,
    },
    live.queryClient,
  );
  const select = useCallback((body: AlertsBody) => body.items.find((alert) => alert.id === id) ?? null, [id]);
  const streamed = useAlerts(select);
  useReadOnChange([streamed], isFetching, refetch, live.reader.clock);
  const [taken, setTaken] = useState<AlertBody | null>(null);
  const held = live.core.body('alerts');
  // What was answered to a change is newer than what the stream has brought, until it brings that change.
  const isNewer = taken !== null && (held === undefined || (taken.epoch === held.epoch && taken.seq > held.seq));
  const record = isNewer ? taken : (streamed ?? data);
  return {
    record,
    body: data,
    unknown: !streamed && error instanceof UnknownAlertError,
    error: error instanceof UnknownAlertError ? null : (error?.message ?? null),
    take: (body) => {
      setTaken(body);
      live.queryClient.setQueryData(queryKey, body);
    },
  };
}
