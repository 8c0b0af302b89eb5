/** Lets the first `capacity` takers through at once, and then one each `refillMs`. */
export class TokenBucket {
  #tokens: number;
  #filledAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    readonly capacity: number,
    readonly refillMs: number,
  ) {
    this.#tokens = capacity;
  }

  /** Takes one, on credit where there is none. @returns ms until it is there; 0: now. */
  take(nowMs: number): number {
    if (this.#filledAtMs === Number.NEGATIVE_INFINITY) this.#filledAtMs = nowMs;
    const elapsedMs = nowMs - this.#filledAtMs;
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(this.capacity, this.#tokens + elapsedMs / this.refillMs) - 1;
    return Math.max(0, -this.#tokens * this.refillMs);
  }
}
