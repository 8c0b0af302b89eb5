'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

const ROW_PX = 32;
/** Of the head, which covers what scrolls under it. */
const HEAD_PX = 36;
const BEYOND_ROWS = 20;
/** The server knows no window: it paints as many rows as a large one shows. */
const FIRST_WINDOW = { width: 1_000, height: 900 };

/** Which of so many rows are in sight, and where. The one at `keep` is always among them, or focus would be lost when it scrolls away. */
export function useScrolledRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  idAt: (index: number) => string,
  keep: number,
) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: idAt,
    overscan: BEYOND_ROWS,
    initialRect: FIRST_WINDOW,
    scrollPaddingStart: HEAD_PX,
    scrollPaddingEnd: 8,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (keep < 0 || keep >= count || indexes.includes(keep)) return indexes;
      return [...indexes, keep].sort((a, b) => a - b);
    },
  });
  return {
    shown: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, startPx: start })),
    heightPx: virtualizer.getTotalSize(),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
