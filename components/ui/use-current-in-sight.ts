'use client';

import { type RefObject, useEffect } from 'react';

/** On a phone not all of a row fits: what of it is `current` is brought in sight. By the row alone: `scrollIntoView` would move the page as well. */
export function useCurrentInSight(row: RefObject<HTMLElement | null>, current: string | null | undefined): void {
  useEffect(() => {
    const place = current ? row.current?.querySelector('[aria-current], [aria-pressed="true"]') : null;
    if (!row.current || !place) return;
    const { left, right } = row.current.getBoundingClientRect();
    const at = place.getBoundingClientRect();
    row.current.scrollLeft += Math.max(0, at.right - right) - Math.max(0, left - at.left);
  }, [row, current]);
}
