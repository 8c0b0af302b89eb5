'use client';

import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import { moveHandle } from '@/lib/release/shares/set-share';
import { type BarHandle, nearestHandle } from '@/lib/release/slider/bar-handles';
import { dragTarget } from '@/lib/release/slider/slider-step';
import type { Shares } from '@/lib/release/split-body';
import type { DraftView } from './use-draft';

/** A mark draws a handle to itself from so far. */
const SNAP_PX = 6;

interface DragOptions {
  readonly bar: RefObject<HTMLElement | null>;
  readonly handles: readonly BarHandle[];
  readonly view: DraftView;
}

interface Drag {
  readonly pointerId: number;
  readonly handle: BarHandle;
  /** Where on the handle it was taken, px from its middle. */
  readonly grabPx: number;
  /** What the bar showed, and what was set, when it began. */
  readonly from: Shares;
  readonly set: Shares | null;
}

/** Handles drawn by mouse, pen or finger. A press beside them brings the nearest. A cancelled drag leaves the bar as it was. */
export function useDrag({ bar, handles, view }: DragOptions) {
  const [isDragging, mark] = useState(false);
  const drag = useRef<Drag | null>(null);
  const { order, change } = view;

  const percentAt = (clientX: number): number => {
    const box = bar.current?.getBoundingClientRect();
    return box && box.width > 0 ? ((clientX - box.left) / box.width) * 100 : 0;
  };
  const follow = ({ clientX, altKey }: PointerEvent) => {
    const width = bar.current?.getBoundingClientRect().width ?? 0;
    const { current } = drag;
    if (!current || width === 0) return;
    const snap = { reach: (100 * SNAP_PX) / width, free: altKey };
    const target = dragTarget(percentAt(clientX - current.grabPx), current.handle, snap);
    change({ shares: moveHandle(current.from, order, current.handle.index, target) });
  };
  const end = () => {
    drag.current = null;
    mark(false);
  };
  const cancel = (): boolean => {
    if (!drag.current) return false;
    change({ shares: drag.current.set });
    end();
    return true;
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || drag.current) return;
    const knob = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-handle]') : null;
    const taken = knob
      ? handles.find(({ index }) => `${index}` === knob.dataset.handle)
      : nearestHandle(handles, percentAt(event.clientX));
    if (!taken) return;
    event.preventDefault();
    const box = knob?.getBoundingClientRect();
    const grabPx = box ? event.clientX - (box.left + box.width / 2) : 0;
    drag.current = { pointerId: event.pointerId, handle: taken, grabPx, from: view.shown, set: view.draft.shares };
    mark(true);
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.querySelector<HTMLElement>(`[data-handle="${taken.index}"]`)?.focus({ preventScroll: true });
    if (!knob) follow(event);
  };
  const ofDrag = (act: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (drag.current?.pointerId === event.pointerId) act(event);
  };

  return {
    isDragging,
    cancel,
    handlers: {
      onPointerDown,
      onPointerMove: ofDrag(follow),
      onPointerUp: ofDrag(end),
      onPointerCancel: ofDrag(cancel),
      onLostPointerCapture: ofDrag(end),
    },
  };
}
