'use client';

import { type KeyboardEvent, useState } from 'react';
import type { ListItem } from '@/lib/fleet/grouped-list';
import type { HeldItem } from '@/lib/fleet/held-order';

const PAGE_ROWS = 12;

/** A wish to go to a row. */
export interface GridMove {
  readonly id: string;
}

/**
 * Roving focus over all rows, those that do not exist on screen included: one row can be reached by Tab, arrows, Page keys, Home and End
 * move it, Enter opens what it stands for, Left and Right fold.
 */
export function useGridKeys(items: readonly HeldItem<ListItem<string, unknown>>[], toggle: (id: string) => void) {
  const [activeId, setActiveId] = useState<string | null>(null);
  // Each move is an object of its own, so that the same row can be asked for twice.
  const [move, setMove] = useState<GridMove | null>(null);
  const activeIndex = Math.max(
    0,
    items.findIndex(({ item }) => item.id === activeId),
  );

  const moveTo = (index: number) => {
    const target = items[Math.max(0, Math.min(items.length - 1, index))];
    if (!target) return;
    setActiveId(target.item.id);
    setMove({ id: target.item.id });
  };
  const fold = (open: boolean) => {
    const item = items[activeIndex]?.item;
    if (item && 'open' in item && item.open !== open) toggle(item.id);
    else if (item && 'row' in item && !open) moveTo(headOf(items, activeIndex));
  };

  /** Whether the key is one of the grid's. */
  const act = (key: string, row: HTMLElement): boolean => {
    if (key === 'ArrowDown') moveTo(activeIndex + 1);
    else if (key === 'ArrowUp') moveTo(activeIndex - 1);
    else if (key === 'PageDown') moveTo(activeIndex + PAGE_ROWS);
    else if (key === 'PageUp') moveTo(activeIndex - PAGE_ROWS);
    else if (key === 'Home') moveTo(0);
    else if (key === 'End') moveTo(items.length - 1);
    else if (key === 'ArrowLeft') fold(false);
    else if (key === 'ArrowRight') fold(true);
    // What a row does when it is clicked, its link or its button knows.
    else if (key === 'Enter') row.querySelector<HTMLElement>('a, button')?.click();
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target;
    // A link inside a row has its own keys.
    if (event.ctrlKey || event.metaKey || event.altKey || !(row instanceof HTMLTableRowElement)) return;
    if (!act(event.key, row)) return;
    event.preventDefault();
  };
  return { activeIndex, activate: setActiveId, move, onKeyDown };
}

/** The datacenter's line above a row; the row itself in a flat list. */
function headOf(items: readonly HeldItem<ListItem<string, unknown>>[], index: number): number {
  for (let above = index; above >= 0; above -= 1) if (items[above]?.item.kind === 'datacenter') return above;
  return index;
}
