'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';

interface SinceProps {
  readonly iso: string;
  /** It began before Lictor looked. */
  readonly atLeast: boolean;
}

/** A duration counted in seconds is worth a look each second; in hours, each half minute. */
const stepMs = (ageMs: number) => (ageMs < 3_600_000 ? 1_000 : 30_000);

/** How long it has been so. The moment it began stands behind it, for whoever points at it. */
export function Elapsed({ iso, atLeast, short = false }: SinceProps & { short?: boolean }) {
  const text = useText();
  const clock = useClockText();
  const atMs = Date.parse(iso);
  const nowMs = useNow(30_000);
  const tickMs = useNow(stepMs(nowMs - atMs));
  const durationMs = Math.max(nowMs, tickMs) - atMs;
  const words = short ? text.durationShort(durationMs) : text.duration(durationMs);
  const whole = atLeast ? `${clock.utc(atMs)}. ${text.time.sinceAtLeastWhy}` : clock.utc(atMs);
  return (
    <time dateTime={iso} title={whole}>
      {atLeast ? text.time.atLeast(words) : words}
    </time>
  );
}

/** The moment itself, in the reader's zone; in UTC for whoever points at it. */
export function Moment({ iso }: { iso: string }) {
  const clock = useClockText();
  const atMs = Date.parse(iso);
  const nowMs = useNow(30_000);
  return (
    <time dateTime={iso} title={clock.utc(atMs)}>
      {clock.moment(atMs, nowMs)}
    </time>
  );
}
