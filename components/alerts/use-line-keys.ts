'use client';

import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AlertLine } from '@/lib/alerts/view/alert-list';
import type { HeldItem } from '@/lib/fleet/held-order';
import { isTypedInto } from './is-typed-into';

type Lines = readonly HeldItem<AlertLine>[];

const PAGE_LINES = 10;

interface LineKeys {
  readonly lines: Lines;
  /** Where one begins: the alert that is shown. */
  readonly shown: string | null;
  readonly toggle: (id: string) => void;
  readonly scrollTo: (index: number) => void;
  /** The list's element. */
  readonly list: React.RefObject<HTMLElement | null>;
}

const canFocus = (line: HeldItem<AlertLine> | undefined) => line !== undefined && line.item.kind !== 'group';

/** One line can be reached by Tab; arrows, Page keys, Home and End move the focus from there, `j` and `k` from anywhere on the page. Left and Right fold. */
export function useLineKeys(
  { lines, shown, toggle, scrollTo, list }: LineKeys,
  active: number,
  setActive: (id: string) => void,
) {
  const [move, setMove] = useState<{ readonly id: string } | null>(null);
  const done = useRef<object | null>(null);
  useEffect(() => {
    if (!move || done.current === move) return;
    done.current = move;
    const index = lines.findIndex(({ item }) => item.id === move.id);
    if (index < 0) return;
    scrollTo(index);
    list.current?.querySelector<HTMLElement>(`[data-line="${index}"] :is(a, button)`)?.focus({ preventScroll: true });
  });

  const moveTo = (from: number, by: 1 | -1) => {
    let index = Math.max(0, Math.min(lines.length - 1, from));
    // A head is no place to stand on: the next one in the direction, else the last that is.
    while (lines[index] && !canFocus(lines[index])) index += by;
    const target = canFocus(lines[index]) ? lines[index] : undefined;
    if (!target) return;
    setActive(target.item.id);
    setMove({ id: target.item.id });
  };
  const fold = (open: boolean): boolean => {
    const item = lines[active]?.item;
    const own = item?.kind === 'alert' ? lines[active + 1]?.item : item;
    if (!own || (own.kind !== 'inside' && own.kind !== 'more') || own.open === open) return false;
    toggle(own.id);
    return true;
  };
  const act = (key: string): boolean => {
    if (key === 'ArrowDown') moveTo(active + 1, 1);
    else if (key === 'ArrowUp') moveTo(active - 1, -1);
    else if (key === 'PageDown') moveTo(active + PAGE_LINES, 1);
    else if (key === 'PageUp') moveTo(active - PAGE_LINES, -1);
    else if (key === 'Home') moveTo(0, 1);
    else if (key === 'End') moveTo(lines.length - 1, -1);
    else if (key === 'ArrowRight') return fold(true);
    else if (key === 'ArrowLeft') return fold(false);
    else return false;
    return true;
  };
  const onLetter = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTypedInto(event.target)) return;
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : null;
    if (by === null) return;
    event.preventDefault();
    const isInList = event.target instanceof Node && list.current?.contains(event.target);
    const from = isInList ? active : lines.findIndex(({ item }) => item.id === shown);
    // From elsewhere the first press leads to the alert that is shown.
    moveTo(isInList || from < 0 ? from + by : from, by);
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => onLetter(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !act(event.key)) return;
    event.preventDefault();
  };
}
