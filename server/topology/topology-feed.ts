import type { Change } from '@/lib/stream/protocol';
import type { TopologyBody } from '@/lib/topology/topology-body';
import type { TopologyBook } from '@/lib/topology/topology-book';
import type { Clock, Timer } from '@/server/consul/clock';

/** Where the topic goes out. */
export interface TopologyPublisher {
  readonly epoch: number;
  readonly seq: number;
  publish(
    topic: 'topology',
    publication: { readonly observedAt: string; readonly index: null; readonly changes: readonly Change[] },
  ): unknown;
}

export interface TopologyFeedOptions {
  readonly book: TopologyBook;
  readonly publisher: TopologyPublisher;
  readonly clock: Clock;
  /** What is worked out only where somebody asks is told to the book now. */
  readonly before: () => void;
  /** What went out. */
  readonly after: (changes: readonly Change[]) => void;
}

/** From one event to the next at least, ms. */
const EVERY_MS = 50;

/**
 * The topic `topology`. After a quiet time what changed in the book goes out at the end of the turn, together with all else of that turn: so it leaves in one
 * frame with the flip that it comes of. What follows waits, and goes out together. Nothing does before `start`.
 */
export class TopologyFeed {
  readonly #options: TopologyFeedOptions;
  #timer: Timer | null = null;
  #flushedAtMs = Number.NEGATIVE_INFINITY;
  #isRunning = false;
  #turnEnds = false;

  constructor(options: TopologyFeedOptions) {
    this.#options = options;
  }

  /** Something in the book may have changed. */
  touch(): void {
    if (!this.#isRunning || this.#timer || this.#turnEnds) return;
    const { clock } = this.#options;
    const restMs = this.#flushedAtMs + EVERY_MS - clock.now();
    if (restMs > 0) {
      this.#timer = clock.setTimeout(() => this.flush(), restMs);
      return;
    }
    this.#turnEnds = true;
    queueMicrotask(() => {
      this.#turnEnds = false;
      this.flush();
    });
  }

  /** Sends out at once what changed: a body that is given out then is what clients have. */
  flush(): void {
    if (!this.#isRunning) return;
    const { book, publisher, clock, before, after } = this.#options;
    this.#drop();
    this.#flushedAtMs = clock.now();
    before();
    const changes = book.changes();
    if (changes.length === 0) return;
    publisher.publish('topology', { observedAt: clock.iso(clock.now()), index: null, changes });
    after(changes);
  }

  body(): TopologyBody {
    const { book, publisher, clock } = this.#options;
    const { epoch, seq } = publisher;
    return { epoch, seq, at: clock.iso(clock.now()), ...book.parts() };
  }

  start(): void {
    this.#isRunning = true;
    this.flush();
  }

  stop(): void {
    this.#isRunning = false;
    this.#drop();
  }

  #drop(): void {
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
