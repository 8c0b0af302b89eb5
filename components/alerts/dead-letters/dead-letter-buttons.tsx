'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '@/components/live/context';
import { askServer, type ServerProblem } from '@/components/live/server-request';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { DeadLetter } from '@/lib/alerts/alert-body';
import type { Text } from '@/lib/text/en';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './delivery.module.css';
import { DEAD_LETTERS_PATH, deadLettersKey } from './use-dead-letters';

const PRECONDITION_FAILED = 412;
type Verb = 'send' | 'discard';

/** Sends a delivery again, or discards it, which is asked once more: nothing brings it back. */
export function DeadLetterButtons({ letter }: { letter: DeadLetter }) {
  const { delivery } = useText();
  const { reader, queryClient } = useLive();
  const [sure, ask] = useState(false);
  const outlet = visibleLine(letter.outlet);
  const moving = useMutation<unknown, ServerProblem, Verb>({
    networkMode: 'always',
    mutationFn: (verb) => {
      const path = `${DEAD_LETTERS_PATH}/${encodeURIComponent(letter.id)}`;
      return askServer(
        reader,
        verb === 'send'
          ? { method: 'POST', path: `${path}/send`, etag: letter.etag }
          : { method: 'DELETE', path, etag: letter.etag },
      );
    },
    // Whatever became of it: what stands now is read.
    onSettled: () => void queryClient.invalidateQueries({ queryKey: deadLettersKey }),
  });
  const busy = moving.isPending || moving.isSuccess;
  const isDoing = (verb: Verb) => busy && moving.variables === verb;
  return (
    <div className={styles.act}>
      <div className={styles.buttons}>
        <button
          type="button"
          className={buttons.quiet}
          aria-label={delivery.sendOf(outlet)}
          disabled={busy}
          onClick={() => moving.mutate('send')}
        >
          {isDoing('send') ? delivery.sending : delivery.send}
        </button>
        {sure ? (
          <>
            <button type="button" className={buttons.plain} disabled={busy} onClick={() => ask(false)}>
              {delivery.keep}
            </button>
            <button
              type="button"
              className={buttons.primary}
              data-danger
              disabled={busy}
              onClick={() => moving.mutate('discard')}
            >
              {isDoing('discard') ? delivery.discarding : delivery.discardSure}
            </button>
          </>
        ) : (
          <button
            type="button"
            className={buttons.plain}
            aria-label={delivery.discardOf(outlet)}
            disabled={busy}
            onClick={() => ask(true)}
          >
            {delivery.discard}
          </button>
        )}
      </div>
      <p className={styles.failed} role="status">
        {moving.error ? sentenceOf(moving.error, delivery) : null}
      </p>
    </div>
  );
}

function sentenceOf(problem: ServerProblem, words: Text['delivery']): string {
  if (problem.isClosed) return words.closed;
  if (problem.status === 0) return words.unreachable;
  return problem.status === PRECONDITION_FAILED ? words.changed : `${words.failed}: ${visibleLine(problem.message)}`;
}
