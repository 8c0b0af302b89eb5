'use client';

import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLive } from '@/components/live/context';
import { askServer, type ServerProblem } from '@/components/live/server-request';
import type { Silence, SilenceWish } from '@/lib/alerts/alert-body';

interface Asked {
  /** What the form said. */
  readonly form: string;
  readonly wish: SilenceWish;
  readonly idempotencyKey: string;
}

/**
 * Makes a silence of what a form says. While the form says the same it is the same wish under the same key, its end included: a second click, and one after
 * nobody answered, ask for no second silence.
 */
export function useSilencing(onMade: (silence: Silence) => void) {
  const { reader } = useLive();
  const asked = useRef<Asked | null>(null);
  const underWay = useRef(false);
  const making = useMutation<Silence, ServerProblem, Asked>({
    networkMode: 'always',
    mutationFn: ({ wish, idempotencyKey }) =>
      askServer<Silence>(reader, { method: 'POST', path: '/api/v1/silences', body: wish, idempotencyKey }),
    onSettled: () => {
      underWay.current = false;
    },
    onSuccess: onMade,
    onError: (problem) => {
      // What was refused is another wish when it is asked for again: its end is later.
      if (!problem.isOpen) asked.current = null;
    },
  });
  return {
    problem: making.error,
    isMaking: making.isPending,
    /** `wishOf` is asked for what to wish where the form says something else than before. */
    make: (form: string, wishOf: () => SilenceWish) => {
      if (underWay.current) return;
      underWay.current = true;
      if (asked.current?.form !== form) asked.current = { form, wish: wishOf(), idempotencyKey: newKey() };
      making.mutate(asked.current);
    },
  };
}

/** Not `randomUUID`, which browsers keep for HTTPS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
