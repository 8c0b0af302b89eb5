'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';

/** How old what stands beside it is, where that is read again and again and does not come by the stream. */
export function BodyAge({ at }: { at: string }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(1_000);
  const atMs = Date.parse(at);
  return (
    <time dateTime={at} title={`${clock.utc(atMs)}. ${text.nodes.readWhy}`}>
      {text.nodes.read(Math.max(0, nowMs - atMs))}
    </time>
  );
}
