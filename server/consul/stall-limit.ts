import type { Clock, Timer } from './clock';

/**
 * Notices that an answer which has begun does not go on. Without it a body that stops in its middle would hold its watch for the whole limit of a wait, and what
 * it watches would look well for half a minute longer than anyone knows.
 */
export class StallLimit {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #onStall: () => void;
  #timer: Timer | undefined;
  #movedAtMs = 0;
  #ended = false;

  /** @param limitMs from one piece of the answer to the next */
  constructor(clock: Clock, limitMs: number, onStall: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#onStall = onStall;
  }

  /** The answer has begun, or more of it is here. */
  moved(): void {
    this.#movedAtMs = this.#clock.now();
    // One timer that looks again: a new one for each piece of 64 MB would cost more than it brings.
    if (this.#timer === undefined && !this.#ended) this.#lookIn(this.#limitMs);
  }

  /** Of what may still come it takes no notice. */
  end(): void {
    this.#ended = true;
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
  }

  #lookIn(delayMs: number): void {
    this.#timer = this.#clock.setTimeout(() => {
      const leftMs = this.#movedAtMs + this.#limitMs - this.#clock.now();
      if (leftMs > 0) this.#lookIn(leftMs);
      else this.#onStall();
    }, delayMs);
  }
}
