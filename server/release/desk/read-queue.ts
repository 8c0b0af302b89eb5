import type { Clock, Timer } from '@/server/consul/clock';

export interface ReadQueueOptions {
  readonly clock: Clock;
  /** Reads one; rejects for nothing that it knows of. */
  readonly read: (key: string) => Promise<void>;
  /** Told what nobody expected. */
  readonly failed: (error: unknown) => void;
  readonly mostAtOnce: number;
  /** The least time between two reads of one key, ms. */
  readonly pauseMs: number;
}

/** Reads what was touched: each key once however often that was, no more than a few at a time, and again where it was touched while it was read. */
export class ReadQueue {
  readonly #options: ReadQueueOptions;
  /** Not before, ms of the clock. */
  readonly #waiting = new Map<string, number>();
  readonly #reading = new Set<string>();
  readonly #startedAtMs = new Map<string, number>();
  #timer: Timer | null = null;
  #stopped = false;

  constructor(options: ReadQueueOptions) {
    this.#options = options;
  }

  touch(key: string): void {
    if (this.#stopped || this.#waiting.has(key)) return;
    const { clock, pauseMs } = this.#options;
    const last = this.#startedAtMs.get(key) ?? Number.NEGATIVE_INFINITY;
    this.#waiting.set(key, Math.max(clock.now(), last + pauseMs));
    this.#soon();
  }

  forget(key: string): void {
    this.#waiting.delete(key);
    this.#startedAtMs.delete(key);
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting.clear();
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
  }

  #soon(): void {
    const { clock, mostAtOnce } = this.#options;
    if (this.#stopped || this.#reading.size >= mostAtOnce) return;
    let firstMs = Number.POSITIVE_INFINITY;
    for (const [key, atMs] of this.#waiting) if (atMs < firstMs && !this.#reading.has(key)) firstMs = atMs;
    if (this.#timer) clock.clearTimeout(this.#timer);
    this.#timer = null;
    if (firstMs === Number.POSITIVE_INFINITY) return;
    this.#timer = clock.setTimeout(() => this.#start(), Math.max(0, firstMs - clock.now()));
  }

  #start(): void {
    const { clock, mostAtOnce } = this.#options;
    const nowMs = clock.now();
    for (const [key, atMs] of this.#waiting) {
      if (this.#reading.size >= mostAtOnce) break;
      if (atMs <= nowMs && !this.#reading.has(key)) void this.#read(key, nowMs);
    }
    this.#soon();
  }

  async #read(key: string, nowMs: number): Promise<void> {
    this.#waiting.delete(key);
    this.#reading.add(key);
    this.#startedAtMs.set(key, nowMs);
    try {
      await this.#options.read(key);
    } catch (error) {
      this.#options.failed(error);
    } finally {
      this.#reading.delete(key);
      this.#soon();
    }
  }
}
