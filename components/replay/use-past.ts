'use client';

import { useState } from 'react';
import type { Past } from '@/components/live/past';
import type { GapItem } from '@/lib/history/bodies';
import { beginFold, foldTo, gapsAt, type ReplayFold } from '@/lib/timeline/replay-fold';
import type { Speed } from '@/lib/timeline/replay-piece';
import { usePiece } from './use-pieces';

export interface ShownPast {
  /** What is shown: of the moment that was asked for, or while that is read of the last one that was. */
  readonly past: Past;
  /** Of the moment that is shown. */
  readonly gaps: readonly GapItem[];
  /** The moment that was asked for is not there yet. */
  readonly reading: boolean;
  readonly error: string | null;
}

/** The fleet at `atMs`, by the stream's own fold over what is recorded; null: nothing of the past is asked for. */
export function useShownPast(atMs: number | null, dc: string | null, speed: Speed, playing: boolean): ShownPast | null {
  const { part, error } = usePiece(atMs, dc, speed, playing);
  const [shown, show] = useState<{ fold: ReplayFold; atMs: number } | null>(null);
  let now = shown;
  if (atMs === null) now = null;
  else if (part) {
    const fold = foldTo(shown?.fold.chunk === part ? shown.fold : beginFold(part), atMs);
    if (!shown || shown.fold !== fold || shown.atMs !== atMs) now = { fold, atMs };
  }
  if (now !== shown) show(now);
  if (atMs === null) return null;
  const recentFromMs = now ? Date.parse(now.fold.chunk.from) : atMs;
  return {
    past: { atMs: now?.atMs ?? atMs, fleet: now?.fold.fleet, recent: now?.fold.recent ?? [], recentFromMs },
    gaps: now ? gapsAt(now.fold.chunk.gaps, now.atMs) : [],
    reading: !part,
    error,
  };
}
