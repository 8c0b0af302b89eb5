'use client';

import { useRef, useState } from 'react';
import { readAnswer } from '@/components/live/answer-query';
import { useLive } from '@/components/live/context';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import { isTransitionsBody } from '@/lib/history/body-frames';
import { historyPath } from '@/lib/timeline/history-path';
import { formatMoment } from '@/lib/timeline/span';
import { useReplay } from './replay-context';

export type StepDirection = 'previous' | 'next';

/** Moves to the transition before or after the shown moment. `failed` says why the last step led nowhere: null, that there is none, or a sentence. */
export function useStep() {
  const { reader, core } = useLive();
  const [dc] = useDatacenterChoice();
  const { atMs, moveTo, setPlaying } = useReplay();
  const [failed, setFailed] = useState<{ direction: StepDirection; error: string | null } | null>(null);
  const latest = useRef(0);
  const step = async (direction: StepDirection) => {
    setPlaying(false);
    setFailed(null);
    latest.current += 1;
    const mine = latest.current;
    const shownMs = atMs ?? core.serverClock.nowMs();
    const path = historyPath('transitions', {
      dc,
      limit: 1,
      // The one before is earlier than the shown moment, which itself may be one.
      ...(direction === 'previous'
        ? { to: formatMoment(shownMs) }
        : { from: formatMoment(shownMs + 1), order: 'oldest-first' }),
    });
    try {
      const { items } = await readAnswer(reader, path, isTransitionsBody);
      // Another step has been asked for since.
      if (mine !== latest.current) return;
      const [found] = items;
      if (found) moveTo(Date.parse(found.observedAt));
      else setFailed({ direction, error: null });
    } catch (error) {
      if (mine === latest.current)
        setFailed({ direction, error: error instanceof Error ? error.message : String(error) });
    }
  };
  return { step, failed };
}
