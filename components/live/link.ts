import type { Topic } from '@/lib/stream/protocol';
import { decodeMessage, STREAM_EVENTS, type StreamEventName, type StreamMessage } from '@/lib/stream/stream-message';
import { type Clock, type Moment, momentOf, msSince } from './clock';

/** The part of a browser's EventSource that a link uses. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: { data?: unknown; lastEventId?: string }) => void): void;
  close(): void;
}

export interface LinkHandlers {
  onOpen(link: Link): void;
  onMessage(link: Link, message: StreamMessage): void;
  /** The data of an event was not as it must be. */
  onMalformed(link: Link, event: StreamEventName, error: Error): void;
  /** The connection broke, or was refused. The browser would try again by itself, each time after the same wait and with no end. */
  onError(link: Link): void;
}

/** One EventSource for one set of topics. Once closed it calls nobody, also when events are still queued. */
export class Link {
  readonly topics: ReadonlySet<Topic>;
  readonly #source: EventSourceLike;
  readonly #clock: Clock;
  #openedAt: Moment | null = null;
  #lastSignAt: Moment;
  #closed = false;

  constructor(topics: ReadonlySet<Topic>, source: EventSourceLike, clock: Clock, handlers: LinkHandlers) {
    this.topics = topics;
    this.#source = source;
    this.#clock = clock;
    this.#lastSignAt = momentOf(clock);
    this.#listen('open', () => this.#open(handlers));
    this.#listen('error', () => handlers.onError(this));
    for (const name of STREAM_EVENTS) {
      this.#listen(name, (event) => {
        this.#open(handlers);
        this.#lastSignAt = momentOf(clock);
        const message = decodeOrError(name, event);
        if (message instanceof Error) handlers.onMalformed(this, name, message);
        else handlers.onMessage(this, message);
      });
    }
  }

  /** Ms since its last event, or since it was opened or asked for. */
  silentMs(): number {
    return msSince(this.#clock, this.#lastSignAt);
  }

  /** Ms since the server accepted it; 0 before. */
  openForMs(): number {
    return this.#openedAt ? msSince(this.#clock, this.#openedAt) : 0;
  }

  close(): void {
    this.#closed = true;
    this.#source.close();
  }

  #listen(type: string, run: (event: { data?: unknown; lastEventId?: string }) => void): void {
    this.#source.addEventListener(type, (event) => {
      if (!this.#closed) run(event);
    });
  }

  #open(handlers: LinkHandlers): void {
    if (this.#openedAt) return;
    this.#openedAt = momentOf(this.#clock);
    this.#lastSignAt = this.#openedAt;
    handlers.onOpen(this);
  }
}

function decodeOrError(name: StreamEventName, event: { data?: unknown; lastEventId?: string }): StreamMessage | Error {
  try {
    return decodeMessage(name, String(event.data), event.lastEventId ?? '');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
