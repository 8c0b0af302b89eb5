'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';

/** How long ago Consul answered, counted on; the moment itself for whoever points at it. */
export function ReadAgo({ iso }: { iso: string | null }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(1_000);
  if (iso === null) return text.system.never;
  const atMs = Date.parse(iso);
  return (
    <time dateTime={iso} title={clock.utc(atMs)}>
      {text.system.ago(nowMs - atMs)}
    </time>
  );
}
