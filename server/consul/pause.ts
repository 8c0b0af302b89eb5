import type { Clock, Timer } from './clock';

/** A sleep that can be ended early; one at a time. */
export class Pause {
  #timer: Timer | undefined;
  #wake: (() => void) | undefined;

  constructor(readonly clock: Clock) {}

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#timer = this.clock.setTimeout(() => this.end(), ms);
    });
  }

  /** Ends the sleep now, where there is one. */
  end(): void {
    if (this.#timer) this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wake?.();
    this.#wake = undefined;
  }
}
