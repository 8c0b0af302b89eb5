import type { Clock } from './clock';

/** An answer that waits is looked at again so soon, ms. */
const LOOK_AGAIN_MS = 5;
/** A Consul that never stops to answer holds nothing back for longer, ms. */
const PATIENCE_MS = 100;

export interface SpareTurnsOptions {
  /** Answers of Consul wait to be taken in. */
  isBusy(): boolean;
  readonly clock: Clock;
}

/**
 * Turns of the event loop for what is made of the fleet. A lost node brings a hundred answers within a moment; whatever took a part of each turn then would delay
 * all that shows what they say. So it waits until they are taken in, but no longer than 100 ms.
 */
export class SpareTurns {
  #waiting: (() => void)[] = [];
  #sinceMs = 0;

  constructor(private readonly options: SpareTurnsOptions) {}

  /** Calls it in a later turn, in the order of the calls. */
  later(act: () => void): void {
    this.#waiting.push(act);
    if (this.#waiting.length > 1) return;
    this.#sinceMs = this.options.clock.now();
    this.#next();
  }

  #next(): void {
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    const { clock, isBusy } = this.options;
    if (isBusy() && clock.now() - this.#sinceMs < PATIENCE_MS) {
      clock.setTimeout(() => this.#turn(), LOOK_AGAIN_MS);
      return;
    }
    const due = this.#waiting;
    this.#waiting = [];
    for (const act of due) act();
  }
}
