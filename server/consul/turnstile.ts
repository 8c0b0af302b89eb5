/**
 * So many of those who waited for the end go on in one turn. A thousand waits are a thousand connections and requests: all at once they held up for half a second
 * whoever asked whether Lictor is ready.
 */
const GO_ON_AT_A_TIME = 20;

/** Lets so many through at a time; who comes later waits in line. */
export class Turnstile {
  readonly #places: number;
  readonly #line = new Set<() => void>();
  #inside = 0;
  #awaitsEnd: (() => void)[] = [];

  constructor(places: number) {
    this.#places = places;
  }

  get isEmpty(): boolean {
    return this.#inside === 0;
  }

  /** Resolves when nobody is inside and nobody waits in line; where many wait for that, some turns later. */
  emptied(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isEmpty) resolve();
      else this.#awaitsEnd.push(resolve);
    });
  }

  /** Resolves when there is a place, with the function that gives it back. Rejects with the signal's reason when it is aborted before. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#inside < this.#places) this.#inside += 1;
    else await this.#turn(signal);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#leave();
    };
  }

  /** Resolves with the place already counted as taken. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        this.#line.delete(start);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#line.add(start);
    });
  }

  #leave(): void {
    const [next] = this.#line;
    if (next === undefined) {
      this.#inside -= 1;
      if (this.isEmpty) this.#goOn();
      return;
    }
    this.#line.delete(next);
    next();
  }

  #goOn(): void {
    for (const goOn of this.#awaitsEnd.splice(0, GO_ON_AT_A_TIME)) goOn();
    if (this.#awaitsEnd.length > 0) setImmediate(() => this.#goOn());
  }
}
