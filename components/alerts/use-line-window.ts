'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback } from 'react';
import type { AlertLine } from '@/lib/alerts/view/alert-list';
import type { HeldItem } from '@/lib/fleet/held-order';

type Lines = readonly HeldItem<AlertLine>[];

const HEIGHT_PX: Readonly<Record<AlertLine['kind'], number>> = { group: 36, alert: 54, inside: 30, more: 30 };
/** The server knows no window: it paints as many lines as a large one shows. */
const FIRST_WINDOW = { width: 376, height: 1_200 };
const BEYOND_LINES = 20;

/** Which lines are in the list's own window, and where. The one at `keep` is always among them, or focus would be lost when it scrolls away. */
export function useLineWindow(scroller: RefObject<HTMLElement | null>, lines: Lines, keep: number) {
  const keyAt = useCallback((index: number) => lines[index]?.item.id ?? index, [lines]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHT_PX[lines[index]?.item.kind ?? 'alert'],
    getItemKey: keyAt,
    overscan: BEYOND_LINES,
    initialRect: FIRST_WINDOW,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (keep < 0 || keep >= lines.length || indexes.includes(keep)) return indexes;
      return [...indexes, keep].sort((a, b) => a - b);
    },
  });
  return {
    rows: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, startPx: start })),
    heightPx: virtualizer.getTotalSize(),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
