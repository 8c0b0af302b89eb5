'use client';

import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { ListItem } from '@/lib/fleet/grouped-list';
import type { HeldItem } from '@/lib/fleet/held-order';

type Line = ListItem<string, unknown>;
type Items = readonly HeldItem<Line>[];

const ROW_PX = 32;
const HEIGHT_PX: Readonly<Record<string, number>> = { datacenter: 38, healthy: 34, empty: 56 };
const heightPx = (line: Line | undefined): number => HEIGHT_PX[line?.kind ?? ''] ?? ROW_PX;

/** The server knows no window: it paints as many rows as one of 1,440 px shows below what stands above the list; each more costs the first paint of all. */
const FIRST_WINDOW = { width: 1440, height: 1100 };

/** Kept on either side of the window, so that a small fleet is there as a whole, and a fling finds rows. */
const BEYOND_ROWS = 50;

/** What is fixed above the list while it scrolls: the shell's rows and the list's own head. */
const COVERED_PX = 92 + 38;

const never = () => () => {};

/** Which rows are in the window, and where. The row at `keep` is always among them, or focus would be lost when it scrolls away. */
export function useRowWindow(body: RefObject<HTMLElement | null>, items: Items, keep: number) {
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [offsetPx, setOffsetPx] = useState(0);
  // What stands above the list changes its height (a notice, a wrapped line): look at each layout, it is one read.
  useLayoutEffect(() => {
    const element = body.current;
    if (element) setOffsetPx(Math.round(element.getBoundingClientRect().top + window.scrollY));
  });
  // Places are summed up anew whenever this function is another: exactly when the rows are.
  const keyAt = useCallback((index: number) => items[index]?.item.id ?? index, [items]);
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => heightPx(items[index]?.item),
    getItemKey: keyAt,
    overscan: BEYOND_ROWS,
    initialRect: FIRST_WINDOW,
    // It scrolls to this when it begins: anything else would throw a reader to the top who has scrolled before the page was alive.
    initialOffset: () => (typeof window === 'undefined' ? 0 : window.scrollY),
    scrollMargin: offsetPx,
    scrollPaddingStart: COVERED_PX,
    scrollPaddingEnd: 16,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (keep < 0 || keep >= items.length || indexes.includes(keep)) return indexes;
      return [...indexes, keep].sort((a, b) => a - b);
    },
  });
  return {
    // While it hydrates the browser must paint what the server did, wherever it has scrolled meanwhile.
    rows: hydrated
      ? virtualizer.getVirtualItems().map(({ index, start }) => ({ index, startPx: start - offsetPx }))
      : firstRows(items),
    heightPx: virtualizer.getTotalSize(),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}

function firstRows(items: Items): { index: number; startPx: number }[] {
  const rows: { index: number; startPx: number }[] = [];
  let startPx = 0;
  for (const [index, { item }] of items.entries()) {
    if (startPx > FIRST_WINDOW.height) break;
    rows.push({ index, startPx });
    startPx += heightPx(item);
  }
  return rows;
}
