'use client';

import { useEffect, useMemo, useState } from 'react';
import { useLive } from '@/components/live/context';
import { useMomentChoice } from '@/components/ui/use-moment-choice';
import type { Speed } from '@/lib/timeline/replay-piece';
import type { Replay } from './replay-context';

const FRAME_MS = 100;
/** Who wants less motion sees a step a second. */
const STILL_FRAME_MS = 1_000;
/** A tab that slept does not jump by what it slept. */
const MOST_PASSED_MS = 2_000;

/** The moment of the past in the URL, and what plays it on. While `waiting` for what is to be shown it does not move. */
export function usePlayer(waiting: boolean): Replay {
  const { core } = useLive();
  const [atMs, moveTo] = useMomentChoice();
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(60);
  const running = playing && atMs !== null && !waiting;
  useEffect(() => {
    if (!running) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let lastMs = performance.now();
    const timer = setInterval(
      () => {
        const nowMs = performance.now();
        const passedMs = Math.min(nowMs - lastMs, MOST_PASSED_MS) * speed;
        lastMs = nowMs;
        // Having caught up with the present, it is live.
        void moveTo((before) => {
          const next = before === null ? null : Math.round(before + passedMs);
          return next === null || next >= core.serverClock.nowMs() ? null : next;
        });
      },
      still ? STILL_FRAME_MS : FRAME_MS,
    );
    return () => clearInterval(timer);
  }, [running, speed, moveTo, core]);
  return useMemo(
    () => ({
      atMs,
      moveTo: (to: number | null) => void moveTo(to),
      playing: playing && atMs !== null,
      setPlaying,
      speed,
      setSpeed,
    }),
    [atMs, moveTo, playing, speed],
  );
}
