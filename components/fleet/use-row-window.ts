'use client';

import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { HeldItem } from '@/lib/fleet/held-order';
import type { ServiceListItem } from '@/lib/fleet/service-list';

const HEIGHT_PX: Record<ServiceListItem['kind'], number> = { datacenter: 38, service: 32, healthy: 34, empty: 56 };

/** The server knows no window: it paints as many rows as a large one shows. */
const SERVER_WINDOW = { width: 1440, height: 1500 };

/** What is fixed above the list while it scrolls: the shell's rows and the list's own head. */
const COVERED_PX = 92 + 38;

/** Which rows are in the window, and where. The row at `keep` is always among them, or focus would be lost when it scrolls away. */
export function useRowWindow(
  body: RefObject<HTMLElement | null>,
  items: readonly HeldItem<ServiceListItem>[],
  keep: number,
) {
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
    estimateSize: (index) => HEIGHT_PX[items[index]?.item.kind ?? 'service'],
    getItemKey: keyAt,
    overscan: 8,
    initialRect: SERVER_WINDOW,
    initialOffset: 0,
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
    rows: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, startPx: start - offsetPx })),
    heightPx: virtualizer.getTotalSize(),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
