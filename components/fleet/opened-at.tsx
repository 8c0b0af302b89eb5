'use client';

import { useState } from 'react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';

/** Since when this page has been looking. */
export function OpenedAt() {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const [openedAtMs] = useState(nowMs);
  return text.overview.changesSince(clock.momentToMinute(openedAtMs, nowMs));
}
