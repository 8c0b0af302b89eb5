/** A pending timer; only the clock that made it knows what it is. */
export type Timer = object;

/** Time as a seam: whoever waits or stamps takes one of these, so that a test owns the time. */
export interface Clock {
  /** Wall clock in ms since 1970. It may step backwards when the machine's time is corrected: clamp differences at 0. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): Timer;
  clearTimeout(timer: Timer): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as NodeJS.Timeout),
};
