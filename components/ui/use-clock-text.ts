'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { tickText } from '@/lib/text/axis-text';
import { momentText, spanText, timeOfDay, utcText, zoneName } from '@/lib/text/clock-text';
import type { TimeTick } from '@/lib/timeline/time-ticks';
import { useLanguage } from './text-provider';

const never = () => () => {};

let zone: string | null = null;
/** Asked once, and anew when the page is looked at again: a browser takes a tenth of a millisecond for it, and a hundred rows ask in one frame. */
const readersZone = () => {
  zone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
};
if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    zone = null;
  });
}
/** The server does not know the reader's zone: its paint is in UTC, and says so where a zone is named. */
const serversZone = () => 'UTC';

/** Times as text in the reader's zone and language; in UTC until the page has hydrated. */
export function useClockText() {
  const { language } = useLanguage();
  const timeZone = useSyncExternalStore(never, readersZone, serversZone);
  return useMemo(() => {
    const options = { language, timeZone };
    return {
      timeZone,
      timeOfDay: (atMs: number) => timeOfDay(atMs, options),
      moment: (atMs: number, nowMs: number) => momentText(atMs, nowMs, options),
      momentToMinute: (atMs: number, nowMs: number) => momentText(atMs, nowMs, options, false),
      span: (fromMs: number, toMs: number, nowMs: number) => spanText(fromMs, toMs, nowMs, options),
      tick: (tick: TimeTick) => tickText(tick, options),
      zone: (atMs: number) => zoneName(atMs, options),
      utc: utcText,
    };
  }, [language, timeZone]);
}
