'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { HeldItem, Identified } from '@/lib/fleet/held-order';
import type { GridMove } from './use-grid-keys';

/** Scrolls to the row that was asked for and gives it the focus: once a move, for later changes of the list must not take the focus. */
export function useFocusOnMove(
  move: GridMove | null,
  body: RefObject<HTMLElement | null>,
  items: readonly HeldItem<Identified>[],
  scrollTo: (index: number) => void,
): void {
  const done = useRef<GridMove | null>(null);
  useEffect(() => {
    if (!move || done.current === move) return;
    done.current = move;
    const index = items.findIndex(({ item }) => item.id === move.id);
    if (index < 0) return;
    scrollTo(index);
    body.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)?.focus({ preventScroll: true });
  }, [move, body, items, scrollTo]);
}
