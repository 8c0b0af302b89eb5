import { Backlog } from './backlog';
import type { StreamEvent } from './stream-event';

/** From one frame to the next at the least, ms: 20 frames a second are more than an eye follows, and bound what a storm costs. */
const FRAME_EVERY_MS = 50;

/**
 * Lets events out in frames. After a quiet time the first goes out at the end of the turn that it came in, together with all
 * else of that turn; what follows within 50 ms waits and is merged. All topics share the frames: one that went ahead of another would break
 * the promise that an event's seq covers everything before it.
 */
export class Framer {
  readonly #backlog: Backlog;
  #timer: NodeJS.Timeout | undefined;
  #turnEnds = false;

  constructor(
    epoch: number,
    private readonly onFrame: (events: readonly StreamEvent[]) => void,
  ) {
    this.#backlog = new Backlog(epoch);
  }

  add(event: StreamEvent): void {
    this.#backlog.add(event);
    if (this.#timer !== undefined || this.#turnEnds) return;
    this.#turnEnds = true;
    queueMicrotask(() => {
      this.#turnEnds = false;
      this.flush();
    });
  }

  /** Lets out what waits, now: what goes out next speaks for everything before it. */
  flush(): void {
    if (this.#backlog.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.flush();
    }, FRAME_EVERY_MS);
    this.onFrame(this.#backlog.take());
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
