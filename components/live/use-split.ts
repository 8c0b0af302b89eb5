'use client';

import { useCallback } from 'react';
import type { SplitRecord, SplitsBody } from '@/lib/release/split-body';
import { useSplits } from './use-splits';

export interface LiveSplit {
  readonly split: SplitRecord | undefined;
  /** False: not read yet, or the past is shown. True without a split: it has one version, no wish, and nothing divides its traffic. */
  readonly isKnown: boolean;
}

/** How the traffic of one service is divided, live. `key` is `<dc>/<name>`, each segment percent-encoded. */
export function useSplit(key: string): LiveSplit {
  const select = useCallback((body: SplitsBody) => body.splits.find((split) => split.key === key) ?? null, [key]);
  const split = useSplits(select);
  return { split: split ?? undefined, isKnown: split !== undefined };
}
