/** Time as the connection sees it; tests own another. */
export interface Clock {
  /** Ms since 1970. It jumps when someone sets it, and stands forward after the machine slept. */
  wallMs(): number;
  /** Ms since some moment. It never goes back, and on most systems it does not count sleep. */
  monotonicMs(): number;
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const browserClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimeout: (run, delayMs) => setTimeout(run, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/** A moment on both clocks. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export const momentOf = (clock: Clock): Moment => ({ wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() });

/**
 * How long ago `moment` was, in ms. The longer of the two clocks counts: the one forgets sleep, the other may be set back, and what
 * is older than it seems must not pass for fresh.
 */
export function msSince(clock: Clock, moment: Moment): number {
  return Math.max(clock.wallMs() - moment.wallMs, clock.monotonicMs() - moment.monotonicMs);
}
