'use client';

import { createContext, useContext } from 'react';
import type { Span } from '@/lib/timeline/span';

export interface Plot {
  /** What the common axis spans. */
  readonly span: Span;
  /** Width of a bucket in ms, as it was asked for. */
  readonly stepMs: number;
  /** Width of the axis in px; 0 before it is known. */
  readonly widthPx: number;
  /** The span ends now, and moves on. */
  readonly moving: boolean;
  /** Chooses a span within the axis, or none. */
  readonly select: (span: Span | null) => void;
}

const nothing = () => {};

export const PlotContext = createContext<Plot>({
  span: { fromMs: 0, toMs: 1 },
  stepMs: 1,
  widthPx: 0,
  moving: false,
  select: nothing,
});

export const usePlot = (): Plot => useContext(PlotContext);

/** The moment that the pointer is at, in ms since 1970; null: nowhere. Apart from the plot, for it changes all the time. */
export const HoverContext = createContext<number | null>(null);

export const useHover = (): number | null => useContext(HoverContext);
