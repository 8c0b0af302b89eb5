import type { Lane } from './transport';
import type { WireCapacity } from './wire';

/**
 * Shares the places on the wire between two lanes. Requests that wait at Consul hold a place for as long as nothing changes, so
 * without a reserve a probe would stand behind them for the length of a wait.
 */
export class Lanes {
  readonly running: Record<Lane, number> = { waiting: 0, short: 0 };
  readonly #queues: Record<Lane, Set<() => void>> = { waiting: new Set(), short: new Set() };
  readonly #capacity: () => WireCapacity;

  constructor(capacity: () => WireCapacity) {
    this.#capacity = capacity;
  }

  get queued(): number {
    return this.#queues.waiting.size + this.#queues.short.size;
  }

  /** Does `work` once there is a place for this lane. Rejects with the signal's reason when it is aborted before. */
  async run<T>(lane: Lane, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#hasRoom(lane)) this.running[lane] += 1;
    else await this.#turn(lane, signal);
    try {
      return await work();
    } finally {
      this.running[lane] -= 1;
      this.admit();
    }
  }

  /** Lets in whoever has room now; to be called when the capacity has grown. */
  admit(): void {
    this.#admit('short');
    this.#admit('waiting');
  }

  /** Resolves with the place already counted as taken: two must not be let in for one that is free. */
  #turn(lane: Lane, signal: AbortSignal): Promise<void> {
    const queue = this.#queues[lane];
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        queue.delete(start);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      queue.add(start);
    });
  }

  #admit(lane: Lane): void {
    for (const start of this.#queues[lane]) {
      if (!this.#hasRoom(lane)) return;
      this.#queues[lane].delete(start);
      this.running[lane] += 1;
      start();
    }
  }

  #hasRoom(lane: Lane): boolean {
    const { total, waiting } = this.#capacity();
    if (this.running.waiting + this.running.short >= total) return false;
    return lane === 'short' || this.running.waiting < waiting;
  }
}
