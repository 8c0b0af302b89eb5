/**
 * Lets those who wait go on one by one, each in a turn of the event loop of its own. A lost node wakes a hundred watches at once; taken in within one turn,
 * their answers would keep every timer and everything that is to be sent waiting for a third of a second.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Resolves in the next turn that is free; in the order of the calls. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(() => this.#goOn());
    });
  }

  #goOn(): void {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(() => this.#goOn());
  }
}
