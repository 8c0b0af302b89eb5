'use client';

import { createParser, useQueryState } from 'nuqs';
import { useCallback, useRef } from 'react';

/** What the reader looks at: a point of the picture in the middle of the window, and how near. */
export interface Eye {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const WRITTEN = /^(-?\d{1,7}),(-?\d{1,7}),(\d(?:\.\d{1,3})?)$/;

const eyeParser = createParser<Eye>({
  parse: (text) => {
    const [, x, y, zoom] = WRITTEN.exec(text) ?? [];
    const eye = { x: Number(x), y: Number(y), zoom: Number(zoom) };
    return eye.zoom > 0 ? eye : null;
  },
  serialize: ({ x, y, zoom }) => `${Math.round(x)},${Math.round(y)},${Math.round(zoom * 1_000) / 1_000}`,
  eq: (a, b) => a.x === b.x && a.y === b.y && a.zoom === b.zoom,
}).withOptions({ history: 'replace', throttleMs: 300 });

/** Where the reader looks, once it was moved by hand, kept in the URL; null: all is in sight. Moving is no step that Back should go. */
export function useEye() {
  const [eye, setEye] = useQueryState('eye', eyeParser);
  const first = useRef(eye).current;
  return { first, setEye: useCallback((next: Eye | null) => void setEye(next), [setEye]) };
}
