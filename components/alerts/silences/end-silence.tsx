'use client';

import { useMutation } from '@tanstack/react-query';
import { useLive } from '@/components/live/context';
import { askServer, type ServerProblem } from '@/components/live/server-request';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { Silence } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './silence-row.module.css';

const PRECONDITION_FAILED = 412;

/** Ends one of Lictor's silences, if it still is as it is shown. */
export function EndSilence({ silence, name }: { silence: Silence; name: string }) {
  const { silences } = useText();
  const { reader } = useLive();
  const ending = useMutation<Silence, ServerProblem, void>({
    networkMode: 'always',
    mutationFn: () =>
      askServer<Silence>(reader, {
        ...{ method: 'DELETE', path: `/api/v1/silences/${encodeURIComponent(silence.id)}`, etag: silence.etag },
      }),
  });
  // What was ended is shown as ended once the stream says so.
  const busy = ending.isPending || ending.isSuccess;
  return (
    <>
      <button
        type="button"
        className={buttons.quiet}
        aria-label={silences.endOf(name)}
        disabled={busy}
        onClick={() => ending.mutate()}
      >
        {busy ? silences.ending : silences.end}
      </button>
      <p className={styles.failed} role="status">
        {ending.error ? sentenceOf(ending.error, silences) : null}
      </p>
    </>
  );
}

interface EndWords {
  readonly endedMeanwhile: string;
  readonly endFailed: string;
  readonly closed: string;
}

function sentenceOf(problem: ServerProblem, words: EndWords): string {
  if (problem.status === PRECONDITION_FAILED) return words.endedMeanwhile;
  return `${words.endFailed}: ${problem.isClosed ? words.closed : visibleLine(problem.message)}`;
}
