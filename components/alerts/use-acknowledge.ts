'use client';

import { useState } from 'react';
import { useLive } from '@/components/live/context';
import { askServer, ServerProblem } from '@/components/live/server-request';
import { useText } from '@/components/ui/text-provider';
import type { AlertBody, AlertRecord } from '@/lib/alerts/alert-body';

export interface Acknowledging {
  /** The form stands open. */
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
  readonly note: string;
  readonly setNote: (note: string) => void;
  /** The server has been asked and has not answered. */
  readonly isAsking: boolean;
  /** Why it is not as it was asked for, a sentence. */
  readonly problem: string | null;
  readonly acknowledge: () => void;
  readonly takeBack: () => void;
}

/**
 * Acknowledges an alert, or takes that back. Nothing is shown as done before the server has done it: what it answers goes to `take`. Where the alert is another one than was
 * seen, what stands now is taken in its place.
 */
export function useAcknowledge(alert: AlertRecord, connected: boolean, take: (body: AlertBody) => void): Acknowledging {
  const { reader } = useLive();
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ServerProblem | null>(null);
  const ask = async (method: 'POST' | 'DELETE', body?: object) => {
    if (isAsking) return;
    setAsking(true);
    setFailure(null);
    const path = `/api/v1/alerts/${encodeURIComponent(alert.id.toWellFormed())}/ack`;
    try {
      take(await askServer<AlertBody>(reader, { method, path, etag: alert.etag, ...(body ? { body } : {}) }));
      setOpen(false);
      setNote('');
    } catch (error) {
      if (!(error instanceof ServerProblem)) throw error;
      const { present } = error.members;
      if (isAlert(present, alert.id)) take(present);
      setFailure(error);
    } finally {
      setAsking(false);
    }
  };
  const { problem } = text.alerts;
  return {
    isOpen: isOpen && alert.state === 'firing',
    open: () => setOpen(true),
    close: () => {
      setOpen(false);
      setFailure(null);
    },
    note,
    setNote,
    isAsking,
    problem: failure ? problemText(failure, problem) : isOpen && !connected ? problem.lost : null,
    acknowledge: () => void ask('POST', { note }),
    takeBack: () => void ask('DELETE'),
  };
}

const isAlert = (value: unknown, id: string): value is AlertBody =>
  typeof value === 'object' && value !== null && 'id' in value && value.id === id && 'history' in value;

function problemText(
  { code, status, isClosed, message }: ServerProblem,
  words: ReturnType<typeof useText>['alerts']['problem'],
): string {
  if (status === 0) return words.offline;
  if (isClosed) return words.closed;
  if (code === 'precondition-failed' || code === 'changed') return words.changed;
  if (code === 'not-firing') return words.notFiring;
  if (code === 'unknown-alert') return words.unknown;
  if (code === 'not-kept') return words.notKept;
  return words.other(message);
}
