'use client';

import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { Span } from '@/lib/timeline/span';

interface BrushOptions {
  /** The plot column, whose width is the span's. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly span: Span;
  /** Selections begin and end with buckets. */
  readonly stepMs: number;
  readonly select: (span: Span | null) => void;
}

/** A press that moves less is a click. */
const DRAG_PX = 4;

/** A span drawn by dragging along the plot, and the moment that the pointer is at. */
export function useBrush({ frame, span, stepMs, select }: BrushOptions) {
  const [drawn, setDrawn] = useState<Span | null>(null);
  const [hoverMs, setHoverMs] = useState<number | null>(null);
  const start = useRef<{ clientX: number; atMs: number; dragging: boolean } | null>(null);

  const momentAt = (clientX: number): number | null => {
    const box = frame.current?.getBoundingClientRect();
    if (!box || box.width === 0) return null;
    const share = (clientX - box.left) / box.width;
    return share < -0.01 || share > 1.01
      ? null
      : span.fromMs + Math.min(1, Math.max(0, share)) * (span.toMs - span.fromMs);
  };
  const spanTo = (clientX: number): Span | null => {
    const began = start.current;
    const box = frame.current?.getBoundingClientRect();
    if (!began || !box) return null;
    const inside = Math.min(box.right, Math.max(box.left, clientX));
    const atMs = momentAt(inside) ?? began.atMs;
    return {
      fromMs: Math.floor(Math.min(began.atMs, atMs) / stepMs) * stepMs,
      toMs: Math.ceil(Math.max(began.atMs, atMs) / stepMs) * stepMs,
    };
  };

  return {
    drawn,
    hoverMs,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        const atMs = momentAt(event.clientX);
        const isControl = event.target instanceof Element && event.target.closest('button, a, input, [role="slider"]');
        if (event.button === 0 && atMs !== null && !isControl)
          start.current = { clientX: event.clientX, atMs, dragging: false };
      },
      onPointerMove: (event: PointerEvent) => {
        setHoverMs(momentAt(event.clientX));
        const began = start.current;
        if (!began) return;
        if (!began.dragging && Math.abs(event.clientX - began.clientX) >= DRAG_PX) {
          began.dragging = true;
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        if (began.dragging) setDrawn(spanTo(event.clientX));
      },
      onPointerUp: (event: PointerEvent) => {
        if (start.current?.dragging) select(spanTo(event.clientX));
        start.current = null;
        setDrawn(null);
      },
      onPointerCancel: () => {
        start.current = null;
        setDrawn(null);
      },
      onPointerLeave: () => setHoverMs(null),
    },
  };
}
