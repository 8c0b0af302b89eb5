'use client';

import { useEffect, useState } from 'react';
import { useLive } from '@/components/live/context';
import { askServer, ServerProblem } from '@/components/live/server-request';
import type { SilencePreview } from '@/lib/alerts/alert-body';

/** Whoever types on has not asked yet. */
const PAUSE_MS = 250;

interface Answered {
  readonly filter: string;
  readonly preview: SilencePreview | null;
  readonly problem: ServerProblem | null;
}

export interface Previewed {
  /** Of the text as it stands; null while that is not known. */
  readonly preview: SilencePreview | null;
  /** Why it is not known. */
  readonly problem: ServerProblem | null;
  readonly asking: boolean;
}

/** What a silence would hold for, while its filter is typed: what was asked for a text that is no longer there is taken back. Null: nothing is asked. */
export function useSilencePreview(filter: string | null): Previewed {
  const { reader } = useLive();
  const [answered, answer] = useState<Answered | null>(null);
  useEffect(() => {
    if (filter === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = reader.clock.setTimeout(() => {
      askServer<SilencePreview>(reader, {
        ...{ method: 'POST', path: '/api/v1/silences/preview', body: { filter }, signal },
      }).then(
        (preview) => signal.aborted || answer({ filter, preview, problem: null }),
        (problem: unknown) => {
          if (problem instanceof ServerProblem && !signal.aborted) answer({ filter, preview: null, problem });
        },
      );
    }, PAUSE_MS);
    return () => {
      reader.clock.clearTimeout(timer);
      controller.abort();
    };
  }, [reader, filter]);
  const isOf = filter !== null && answered?.filter === filter;
  return {
    preview: isOf ? answered.preview : null,
    problem: isOf ? answered.problem : null,
    asking: filter !== null && !isOf,
  };
}
