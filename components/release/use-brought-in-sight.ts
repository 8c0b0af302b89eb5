'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** Less of it in sight than this, px, is not in sight. */
const LEAST_PX = 120;

/** What came up for somebody who asked for it: it takes the focus, and is scrolled to where it is out of sight (below the slider on a phone). */
export function useBroughtInSight<Found extends HTMLElement>(isBrought = true): RefObject<Found | null> {
  const found = useRef<Found | null>(null);
  useEffect(() => {
    const { current } = found;
    if (!current || !isBrought) return;
    current.focus({ preventScroll: true });
    const { top } = current.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight - LEAST_PX) current.scrollIntoView({ block: 'start' });
  }, [isBrought]);
  return found;
}
