/** What takes longer to pass for the first time is no slow start. */
const LONGEST_START_MS = 600_000;

/** Nothing that something does counts for a while after it is new, or another version. Times are ms since 1970. */
export class Settling {
  #untilMs = 0;
  /** It has not been seen passing since then, and may take until here to; 0: it has. */
  #readyByMs = 0;

  begin(atMs: number, settleMs: number): void {
    this.#untilMs = Math.max(this.#untilMs, atMs + settleMs);
    this.#readyByMs = atMs + LONGEST_START_MS;
  }

  isOn(atMs: number): boolean {
    return atMs < this.#untilMs;
  }

  /** It is passing, maybe for the first time since: then it settles from here on. @returns whether it was the first time */
  pass(atMs: number, settleMs: number): boolean {
    if (atMs > this.#readyByMs) return false;
    this.#readyByMs = 0;
    this.#untilMs = atMs + settleMs;
    return true;
  }

  isOver(atMs: number): boolean {
    return this.#untilMs <= atMs && this.#readyByMs <= atMs;
  }

  /** The machine's clock was set by so much. */
  shift(byMs: number): void {
    this.#untilMs += byMs;
    if (this.#readyByMs > 0) this.#readyByMs += byMs;
  }
}
