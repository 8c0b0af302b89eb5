/**
 * Watched time out of a wall clock: it never goes back. While the wall clock goes back it stands still once, and runs on with it from there; so nothing that is under
 * way lasts an hour longer because somebody set the clock by an hour.
 */
export class SteadyClock {
  #offsetMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs the wall clock, ms since 1970 */
  read(nowMs: number): number {
    if (nowMs < this.#lastMs) this.#offsetMs += this.#lastMs - nowMs;
    this.#lastMs = nowMs;
    return this.nowMs;
  }

  /** As it was read last. */
  get nowMs(): number {
    return this.steady(this.#lastMs);
  }

  /** The steady moment of what the wall clock shows. */
  steady(wallMs: number): number {
    return wallMs + this.#offsetMs;
  }

  /** The wall clock was set forward by so much, which is no time that passed. To be told before it is read again. */
  skip(ms: number): void {
    this.#offsetMs -= ms;
    this.#lastMs += ms;
  }

  /** What the wall clock, as it is set now, shows at a steady moment. */
  wall(steadyMs: number): number {
    return steadyMs - this.#offsetMs;
  }
}
