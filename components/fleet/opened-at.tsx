'use client';

import { useLive } from '@/components/live/context';
import { usePast } from '@/components/live/past';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';

/** Since when this tab has been looking, or the piece of the past that is played: going from page to page within it does not begin anew. */
export function OpenedAt() {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { renderedAtMs } = useLive();
  const past = usePast();
  if (past) return text.timeline.replay.changesSince(clock.moment(past.recentFromMs, nowMs));
  return text.overview.changesSince(clock.momentToMinute(renderedAtMs, nowMs));
}
