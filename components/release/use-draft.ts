'use client';

import { useCallback, useMemo, useState } from 'react';
import { sameShares } from '@/lib/release/drift/differences';
import type { Mechanism } from '@/lib/release/mechanism';
import { type Draft, emptyDraft, shownMechanism, wishOf } from '@/lib/release/slider/draft';
import { startingShares } from '@/lib/release/slider/starting-shares';
import { newestFirst } from '@/lib/release/slider/version-sequence';
import type { Shares, SplitRecord, SplitWish } from '@/lib/release/split-body';

/** What a reader sees on the bar: what stands, and what is set here over it. */
export interface DraftView {
  readonly draft: Draft;
  readonly mechanism: Mechanism;
  /** Versions from left to right. */
  readonly order: readonly string[];
  /** What the mechanism declares; null: nothing. */
  readonly declared: Shares | null;
  /** What stands, whoever declares it; by instances where nobody does. */
  readonly present: Shares;
  /** What the bar shows. */
  readonly shown: Shares;
  /** Shares are set here that do not stand. */
  readonly moved: boolean;
  /** What would be asked for; null: nothing is set. */
  readonly wish: SplitWish | null;
  readonly change: (part: Partial<Draft>) => void;
  readonly discard: () => void;
}

/** What is set on this page and not written. It stays while what stands changes below it. */
export function useDraft(split: SplitRecord): DraftView {
  const [draft, set] = useState(emptyDraft);
  const mechanism = shownMechanism(draft, split);
  // What is set is set for the mechanism that was shown: it must not become another's when more is known.
  const change = useCallback((part: Partial<Draft>) => set((last) => ({ ...last, mechanism, ...part })), [mechanism]);
  const discard = useCallback(() => set(emptyDraft), []);
  return useMemo(() => {
    const { order, declared, present } = startingShares(split, mechanism);
    const shown = draft.shares ?? present;
    return {
      ...{ draft, mechanism, declared, present, shown, change, discard },
      order: newestFirst([...order, ...Object.keys(shown)]),
      moved: draft.shares !== null && !sameShares(draft.shares, present),
      wish: wishOf(draft, split),
    };
  }, [draft, split, mechanism, change, discard]);
}
