'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';

const STEP_MS = 1_000;

/** How long ago it was, in a sentence; the moment itself for who points at it. */
export function Ago({ iso, say }: { iso: string; say: (ago: string) => string }) {
  const text = useText();
  const clock = useClockText();
  const atMs = Date.parse(iso);
  const nowMs = useNow(STEP_MS);
  return (
    <time dateTime={iso} title={clock.utc(atMs)}>
      {say(text.durationShort(Math.max(0, nowMs - atMs)))}
    </time>
  );
}
