import { backoffDelayMs, byeDelayMs } from '@/lib/stream/backoff';
import type { Topic } from '@/lib/stream/protocol';
import type { StreamEventName, StreamMessage } from '@/lib/stream/stream-message';
import type { Clock } from './clock';
import { type EventSourceLike, Link } from './link';
import type { Upstream } from './upstream';

export interface ConnectionOptions {
  readonly clock: Clock;
  /** 0 to 1, for the spread of waits. */
  readonly random: () => number;
  readonly openEventSource: (url: string) => EventSourceLike;
  /** The topics to follow now. */
  readonly topics: () => readonly Topic[];
  /** Where to ask for them, each from where its body is held. */
  readonly urlFor: (topics: readonly Topic[]) => string;
  /** Takes a message; false where it does not fit on what is held, so that a new connection must bring a snapshot. */
  readonly onMessage: (message: StreamMessage) => boolean;
  /** An event that cannot be read: what is held of `topics` may not be resumed, for a change may be missing. */
  readonly onMalformed: (topics: ReadonlySet<Topic>, event: StreamEventName, error: Error) => void;
}

/** Heartbeats come every 2 s at least, so that this long a silence means a connection that is dead and does not know it. */
const SILENT_MS = 5_000;
/** A server that accepts and breaks off at once has not recovered: only after this long a connection counts as good. */
const GOOD_AFTER_MS = 5_000;
/** Pages mount in pieces: their topics are asked for together. */
const BATCH_MS = 10;
/** A connection that was asked for this recently is waited for, whatever wakes the tab. */
const YOUNG_MS = 1_000;

/**
 * Keeps one stream open for ever. For another set of topics it opens a second one and closes the first when the second is
 * accepted, so that nothing is missed and nothing comes twice.
 */
export class Connection implements Upstream {
  readonly #options: ConnectionOptions;
  #running = false;
  #current: Link | null = null;
  #next: Link | null = null;
  #retryTimer: unknown = null;
  #batchTimer: unknown = null;
  /** Tries in a row that ended badly. */
  #failures = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#open();
  }

  stop(): void {
    this.#running = false;
    this.#clearTimers();
    this.#current?.close();
    this.#next?.close();
    this.#current = null;
    this.#next = null;
  }

  topicsChanged(): void {
    if (!this.#running || this.#batchTimer !== null) return;
    this.#batchTimer = this.#options.clock.setTimeout(() => {
      this.#batchTimer = null;
      const link = this.#next ?? this.#current;
      // While a retry is due there is nothing to do: it will ask for what is wanted by then.
      if (this.#retryTimer === null && !(link && sameTopics(link.topics, this.#options.topics()))) this.#open();
    }, BATCH_MS);
  }

  wake(): void {
    if (!this.#running || (this.#next && this.#next.silentMs() < YOUNG_MS)) return;
    this.#failures = 0;
    this.#open();
  }

  check(): number {
    if (this.#current && this.#current.silentMs() >= SILENT_MS) {
      this.#close(this.#current);
      if (this.#running && !this.#next) this.#open();
    }
    if (this.#next && this.#next.silentMs() >= SILENT_MS) this.#fail(this.#next);
    const silentMs = Math.max(this.#current?.silentMs() ?? 0, this.#next?.silentMs() ?? 0);
    return SILENT_MS - silentMs;
  }

  #open(): void {
    this.#clearTimers();
    this.#next?.close();
    const topics = this.#options.topics();
    const source = this.#options.openEventSource(this.#options.urlFor(topics));
    this.#next = new Link(new Set(topics), source, this.#options.clock, {
      onOpen: (link) => {
        this.#current?.close();
        this.#current = link;
        this.#next = null;
      },
      onMessage: (link, message) => this.#receive(link, message),
      onMalformed: (link, event, error) => {
        this.#options.onMalformed(link.topics, event, error);
        this.#fail(link);
      },
      onError: (link) => this.#fail(link),
    });
  }

  #receive(link: Link, message: StreamMessage): void {
    if (link.openForMs() >= GOOD_AFTER_MS) this.#failures = 0;
    if (message.kind === 'bye') {
      this.#close(link);
      this.#retry(byeDelayMs(message.event.retryMs, this.#options.random));
    } else if (!this.#options.onMessage(message)) {
      // The link stays until the next one is there: its other topics are well.
      this.#retry();
    }
  }

  #fail(link: Link): void {
    this.#close(link);
    this.#retry();
  }

  #close(link: Link): void {
    link.close();
    if (this.#current === link) this.#current = null;
    if (this.#next === link) this.#next = null;
  }

  #retry(delayMs?: number): void {
    if (!this.#running || this.#next || this.#retryTimer !== null) return;
    if (delayMs === undefined) this.#failures += 1;
    const { clock, random } = this.#options;
    this.#retryTimer = clock.setTimeout(() => this.#open(), delayMs ?? backoffDelayMs(this.#failures, random));
  }

  #clearTimers(): void {
    this.#options.clock.clearTimeout(this.#retryTimer);
    this.#options.clock.clearTimeout(this.#batchTimer);
    this.#retryTimer = null;
    this.#batchTimer = null;
  }
}

const sameTopics = (held: ReadonlySet<Topic>, wanted: readonly Topic[]): boolean =>
  held.size === wanted.length && wanted.every((topic) => held.has(topic));
