/** A pending timer; only the clock that made it knows what it is. */
export type Timer = object;

/** Time as a seam: whoever waits or stamps takes one of these, so that a test owns the time. */
export interface Clock {
  /** Whole ms that nobody sets: a difference of two of them is a duration. About ms since 1970, and off by what the machine's clock was set since. */
  now(): number;
  /** A moment of `now`, told by the machine's clock as it is set today: ISO 8601 in UTC. */
  iso(atMs: number): string;
  setTimeout(callback: () => void, delayMs: number): Timer;
  clearTimeout(timer: Timer): void;
}

/** By less than this the two clocks differ from one rounding to the next, ms. */
const ROUNDING_MS = 1;

/**
 * Durations by the clock that is never set, stamps by the one that may be. With the latter alone a datacenter that died as the clock was set
 * back by an hour would pass for live for an hour.
 */
export class SystemClock implements Clock {
  readonly #startMs: number;
  /** How far the machine's clock has been set ahead since the start, ms. */
  #setAheadMs = 0;

  constructor(
    private readonly wallMs: () => number = Date.now,
    private readonly steadyMs: () => number = () => performance.now(),
  ) {
    this.#startMs = wallMs() - steadyMs();
  }

  now(): number {
    return Math.floor(this.#startMs + this.steadyMs());
  }

  iso(atMs: number): string {
    const setAheadMs = this.wallMs() - this.now();
    // What is only rounding is not followed: two stamps must not change places for it.
    if (Math.abs(setAheadMs - this.#setAheadMs) > ROUNDING_MS) this.#setAheadMs = setAheadMs;
    return new Date(atMs + this.#setAheadMs).toISOString();
  }

  setTimeout(callback: () => void, delayMs: number): Timer {
    return globalThis.setTimeout(callback, delayMs);
  }

  clearTimeout(timer: Timer): void {
    globalThis.clearTimeout(timer as NodeJS.Timeout);
  }
}

export const systemClock: Clock = new SystemClock();
