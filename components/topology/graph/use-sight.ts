'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactFlowInstance } from 'reactflow';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from '@/lib/topology/view/measures';
import { farOf } from './far-of';
import { type Eye, useEye } from './use-eye';
import type { PlacedGraph } from './use-placement';

export const LEAST_ZOOM = 0.04;
/** Of a picture that is all in sight, so much room is left around it, px, and it is not drawn larger than this. */
const MARGIN = 12;
const FIT_AT_MOST = 1.1;
/** In a window this narrow, such as a phone's, one moves over a picture that can be read. */
const NARROW = 720;
const NARROW_ZOOM = 0.6;
/** The corner of the small picture, in which nothing of the large one is to lie. */
const MAP_WIDTH = 168;
const MAP_HEIGHT = 140;
/** At which the keyboard shows where it stands, at least. */
const LEGIBLE_ZOOM = 0.58;

/**
 * What part of the picture is in sight, and the means to move it.
 * @param current id of what the keyboard stands on
 */
export function useSight(placed: PlacedGraph | null, current: string | null, chosen: string | null) {
  const { first, setEye } = useEye();
  const flowRef = useRef<ReactFlowInstance | null>(null);
  const [far, setFar] = useState(0);
  const note = useCallback(() => {
    if (flowRef.current) setEye(eyeOf(flowRef.current));
  }, [setEye]);
  const showAll = useCallback(() => {
    setEye(null);
    if (flowRef.current) lookAtAll(flowRef.current, placed);
  }, [setEye, placed]);
  const zoom = useCallback(
    (factor: number) => {
      const flow = flowRef.current;
      if (flow) void flow.zoomTo(flow.getZoom() * factor).then(note);
    },
    [note],
  );

  // Everything was laid out anew: the eye finds its place again, at first where the URL says.
  const generation = placed?.generation ?? 0;
  const isFirstRef = useRef(true);
  const placedRef = useRef(placed);
  useEffect(() => {
    placedRef.current = placed;
  }, [placed]);
  const look = useCallback(() => {
    const flow = flowRef.current;
    if (!flow || generation === 0) return;
    if (isFirstRef.current && first) lookAt(flow, first);
    else lookAtAll(flow, placedRef.current);
    isFirstRef.current = false;
  }, [generation, first]);
  useEffect(() => {
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [look]);

  // What the keyboard stands on is in sight, and legible.
  useEffect(() => {
    if (flowRef.current) bringIntoSight(flowRef.current, placedRef.current, current, LEGIBLE_ZOOM);
  }, [current]);

  // What is chosen is in sight, also beside the panel that has just taken its room.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (flowRef.current) bringIntoSight(flowRef.current, placedRef.current, chosen, 0);
    });
    return () => cancelAnimationFrame(frame);
  }, [chosen]);

  return {
    far,
    showAll,
    zoom,
    onInit: (flow: ReactFlowInstance) => {
      flowRef.current = flow;
      look();
    },
    onMove: (_: unknown, { zoom: near }: { zoom: number }) => setFar(farOf(near)),
    /** Moved by hand, and not by the page itself. */
    onMoveEnd: (event: unknown) => {
      if (event) note();
    },
  };
}

/** The middle of the window, as a point of the picture. */
function eyeOf(flow: ReactFlowInstance): Eye {
  const { x, y, zoom } = flow.getViewport();
  const { width, height } = windowOf();
  return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom, zoom };
}

function lookAt(flow: ReactFlowInstance, { x, y, zoom }: Eye): void {
  const { width, height } = windowOf();
  void flow.setViewport({ x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom });
}

/** Moves as far as is needed, and nearer where it is too small. */
function bringIntoSight(
  flow: ReactFlowInstance,
  placed: PlacedGraph | null,
  id: string | null,
  leastZoom: number,
): void {
  const place = id === null ? undefined : placed?.placement.nodes.get(id);
  if (!place || isInSight(flow, place, leastZoom)) return;
  const zoom = Math.max(leastZoom, flow.getZoom());
  void flow.setCenter(place.x + NODE_WIDTH / 2, place.y + NODE_HEIGHT / 2, { zoom });
}

/** Large enough, and not cut off by the window. */
function isInSight(flow: ReactFlowInstance, place: Point, leastZoom: number): boolean {
  const { x, y, zoom } = flow.getViewport();
  const { width, height } = windowOf();
  const left = place.x * zoom + x;
  const top = place.y * zoom + y;
  return (
    zoom >= leastZoom &&
    left >= 0 &&
    top >= 0 &&
    left + NODE_WIDTH * zoom <= width &&
    top + NODE_HEIGHT * zoom <= height
  );
}

/** All of it, from the upper left: what room is left is where the small picture stands. */
function lookAtAll(flow: ReactFlowInstance, placed: PlacedGraph | null): void {
  const { width, height } = windowOf();
  let right = 1;
  let bottom = 1;
  for (const box of placed?.placement.lanes.values() ?? []) {
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  const beside = zoomFor({ width: width - MAP_WIDTH, height }, right, bottom);
  const above = zoomFor({ width, height: height - MAP_HEIGHT }, right, bottom);
  const zoom = Math.max(width < NARROW ? NARROW_ZOOM : LEAST_ZOOM, Math.min(FIT_AT_MOST, Math.max(beside, above)));
  void flow.setViewport({ x: MARGIN, y: MARGIN, zoom });
}

const zoomFor = (room: { width: number; height: number }, width: number, height: number): number =>
  Math.min((room.width - 2 * MARGIN) / width, (room.height - 2 * MARGIN) / height);

/** React Flow tells nobody outside of it how large it is. */
function windowOf(): { width: number; height: number } {
  const { width = 0, height = 0 } = document.querySelector('.react-flow')?.getBoundingClientRect() ?? {};
  return { width, height };
}
