import type { Clock } from './clock';

export interface Visibility {
  hidden(): boolean;
  /** Calls `listener` whenever it changed; gives back what ends that. */
  subscribe(listener: () => void): () => void;
}

/** A time that moves on by `intervalMs`, for as many as read it. It stands while the tab is hidden. */
class Ticker {
  readonly #listeners = new Set<() => void>();
  #valueMs: number;
  #timer: unknown = null;
  #stopWatching: (() => void) | null = null;

  constructor(
    private readonly intervalMs: number,
    private readonly nowMs: () => number,
    private readonly clock: Clock,
    private readonly visibility: Visibility,
  ) {
    this.#valueMs = nowMs();
  }

  valueMs(): number {
    // Nobody keeps it going: it still must not change between two reads of one render.
    if (this.#listeners.size === 0 && Math.abs(this.nowMs() - this.#valueMs) >= this.intervalMs) {
      this.#valueMs = this.nowMs();
    }
    return this.#valueMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      this.#stopWatching = this.visibility.subscribe(() => this.#tick());
      this.#schedule();
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.clock.clearTimeout(this.#timer);
      this.#stopWatching?.();
    };
  };

  #tick(): void {
    this.#valueMs = this.nowMs();
    this.#schedule();
    for (const listener of [...this.#listeners]) listener();
  }

  /** All ticks of an interval fall on its multiples, so that two ages on one page change together. */
  #schedule(): void {
    this.clock.clearTimeout(this.#timer);
    if (this.visibility.hidden()) return;
    const pastMs = ((this.nowMs() % this.intervalMs) + this.intervalMs) % this.intervalMs;
    this.#timer = this.clock.setTimeout(() => this.#tick(), this.intervalMs - pastMs);
  }
}

/** One shared ticker for each interval in ms. */
export class Tickers {
  readonly #tickers = new Map<number, Ticker>();

  constructor(
    private readonly nowMs: () => number,
    private readonly clock: Clock,
    private readonly visibility: Visibility,
  ) {}

  every(intervalMs: number): Pick<Ticker, 'valueMs' | 'subscribe'> {
    let ticker = this.#tickers.get(intervalMs);
    if (!ticker) {
      ticker = new Ticker(intervalMs, this.nowMs, this.clock, this.visibility);
      this.#tickers.set(intervalMs, ticker);
    }
    return ticker;
  }
}
