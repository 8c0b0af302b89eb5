/**
 * Watched time out of a wall clock: it never goes back. While the wall clock goes back it stands still once, and runs on with it from there; so nothing that is under
 * way lasts an hour longer because somebody set the clock by an hour.
 */
export class SteadyClock {
  #offsetMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  /** By how much it was seen to go back without a word. */
  #backMs = 0;

  /** @param nowMs the wall clock, ms since 1970 */
  read(nowMs: number): number {
    if (nowMs < this.#lastMs) {
      this.#backMs += this.#lastMs - nowMs;
      this.#offsetMs += this.#lastMs - nowMs;
    }
    this.#lastMs = nowMs;
    return this.nowMs;
  }

  /**
   * The wall clock was set by so much (negative: back), which is no time that passed; that it is told late or twice does no harm.
   * @param nowMs as it is set now
   */
  set(byMs: number, nowMs: number): void {
    if (byMs < 0) this.#skip(Math.min(0, byMs + this.#backMs));
    else if (this.#lastMs <= nowMs - byMs) this.#skip(byMs);
    this.#backMs = 0;
  }

  /** As it was read last. */
  get nowMs(): number {
    return this.#lastMs + this.#offsetMs;
  }

  /** What the wall clock, as it is set now, shows at a steady moment. */
  wall(steadyMs: number): number {
    return steadyMs - this.#offsetMs;
  }

  #skip(ms: number): void {
    this.#offsetMs -= ms;
    this.#lastMs += ms;
  }
}
