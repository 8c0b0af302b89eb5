'use client';

import { useLive } from '@/components/live/context';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';

/** Since when this tab has been looking: going from page to page within it does not begin anew. */
export function OpenedAt() {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { renderedAtMs } = useLive();
  return text.overview.changesSince(clock.momentToMinute(renderedAtMs, nowMs));
}
