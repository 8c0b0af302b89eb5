'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { movedItem } from '@/lib/release/slider/moved-item';

/** Moves items of an ordered list; the button that was pressed keeps the focus where its item went. */
export function useMoves<Item>(
  list: RefObject<HTMLElement | null>,
  items: readonly Item[],
  set: (items: readonly Item[]) => void,
): (from: number, to: number) => void {
  const moved = useRef<{ to: number; way: 'up' | 'down' } | null>(null);
  useEffect(() => {
    if (!moved.current) return;
    const { to, way } = moved.current;
    moved.current = null;
    list.current?.children[to]?.querySelector<HTMLElement>(`[data-way="${way}"]`)?.focus();
  });
  return (from, to) => {
    const next = movedItem(items, from, to);
    if (next === items) return;
    moved.current = { to, way: to < from ? 'up' : 'down' };
    set(next);
  };
}
