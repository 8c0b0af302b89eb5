import type { Span } from './span';

const MINUTE_MS = 60_000;

/** Faster play needs longer pieces, or it waits for each. */
const SLOW_MS = 10 * MINUTE_MS;
const FAST_MS = 60 * MINUTE_MS;
const FAST_FROM = 120;
/** The piece that reaches until now grows by so much at a time. */
const GROWS_BY_MS = 10_000;

/** How fast the past may be played, in seconds of it a second. */
export const speeds = [1, 5, 10, 60, 300, 600] as const;
export type Speed = (typeof speeds)[number];

/** Which piece of the past to read to show `atMs` at a speed: always the same ones, so that going back finds them again. None reaches beyond `nowMs`. */
export function pieceAt(atMs: number, speed: Speed, nowMs: number): Span {
  const lengthMs = speed < FAST_FROM ? SLOW_MS : FAST_MS;
  const fromMs = Math.floor(atMs / lengthMs) * lengthMs;
  const untilNowMs = Math.max(fromMs + GROWS_BY_MS, Math.floor(nowMs / GROWS_BY_MS) * GROWS_BY_MS);
  return { fromMs, toMs: Math.min(fromMs + lengthMs, untilNowMs) };
}
