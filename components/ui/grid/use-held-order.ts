'use client';

import { type FocusEvent, useRef, useState } from 'react';
import { type HeldItem, holdOrder, type Identified } from '@/lib/fleet/held-order';

interface Held<Item> {
  readonly view: string;
  readonly items: readonly Item[];
}

/**
 * Keeps rows in their places while somebody points at the list, or moves in it by keyboard. Spread `handlers` on the list's element. `view` names
 * what the reader has asked for (sort, filter …): when that changes, the new order is what was asked for, and is shown at once.
 */
export function useHeldOrder<Item extends Identified>(
  wanted: readonly Item[],
  current: ReadonlyMap<string, Item>,
  view: string,
) {
  const [held, setHeld] = useState<Held<Item> | null>(null);
  const reading = useRef({ pointer: false, focus: false });
  if (held && held.view !== view) setHeld({ view, items: wanted });

  const apply = () => setHeld((before) => before && { view, items: wanted });
  const begin = (by: 'pointer' | 'focus') => {
    reading.current[by] = true;
    setHeld((before) => before ?? { view, items: wanted });
  };
  const end = (by: 'pointer' | 'focus') => {
    reading.current[by] = false;
    if (!reading.current.pointer && !reading.current.focus) setHeld(null);
  };
  const handlers = {
    onPointerEnter: () => begin('pointer'),
    onPointerLeave: () => end('pointer'),
    onFocus: (event: FocusEvent) => {
      if (event.target.matches(':focus-visible')) begin('focus');
    },
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) end('focus');
    },
  };
  const order =
    held && held.view === view
      ? holdOrder(held.items, wanted, current)
      : { items: wanted.map((item): HeldItem<Item> => ({ item, gone: false })), moved: false, waiting: 0 };
  return { ...order, apply, handlers };
}
