'use client';

import { useMemo } from 'react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { ToldAlert } from '@/lib/text/alert-words-en';

/** What alerts say, in the reader's language and zone. */
export function useAlertWords() {
  const { words } = useText().alerts;
  const clock = useClockText();
  const nowMs = useNow(30_000);
  return useMemo(() => {
    const moment = (iso: string) => clock.momentToMinute(Date.parse(iso), nowMs);
    return {
      moment,
      title: words.title,
      line: (alert: ToldAlert) => words.line(alert, moment),
      sentence: (alert: ToldAlert) => words.sentence(alert, moment),
    };
  }, [words, clock, nowMs]);
}
