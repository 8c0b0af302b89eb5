'use client';

import { createContext, useContext } from 'react';
import type { Speed } from '@/lib/timeline/replay-piece';

export interface Replay {
  /** The moment that is shown, ms since 1970; null: live. */
  readonly atMs: number | null;
  /** Null: back to live. */
  readonly moveTo: (atMs: number | null) => void;
  readonly playing: boolean;
  readonly setPlaying: (playing: boolean) => void;
  readonly speed: Speed;
  readonly setSpeed: (speed: Speed) => void;
}

export const ReplayContext = createContext<Replay | null>(null);

/** Throws outside of a replayable page. */
export function useReplay(): Replay {
  const replay = useContext(ReplayContext);
  if (!replay) throw new Error('A replay control was used outside of <Replayable> or <Replayed>.');
  return replay;
}
