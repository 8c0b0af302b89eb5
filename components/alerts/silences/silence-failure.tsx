'use client';

import type { ServerProblem } from '@/components/live/server-request';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './silence-form.module.css';

/** Why nothing was silenced, in the server's words, and what was not lost. */
export function SilenceFailure({ problem }: { problem: ServerProblem }) {
  const { silences } = useText();
  return (
    <div className={styles.failure} role="alert">
      {problem.status === 0 ? (
        <p>{silences.perhaps}</p>
      ) : (
        <>
          <p>
            <b>{silences.failed}.</b> {problem.isClosed ? silences.closed : visibleLine(problem.message)}
          </p>
          <p>{silences.kept}</p>
        </>
      )}
    </div>
  );
}
