import type http2 from 'node:http2';
import type { Clock, Timer } from './clock';
import { UnansweredPing } from './http2-failure';

const PING_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;

interface Http2HeartbeatEvents {
  hasStreams(): boolean;
  /** The session is to be given up. */
  unanswered(error: UnansweredPing): void;
}

/**
 * Pings a session that has streams, and tells when no answer comes: a wait on a peer that is gone without a word would
 * otherwise stand until its own limit. Ends with the session.
 */
export class Http2Heartbeat {
  readonly #session: http2.ClientHttp2Session;
  readonly #clock: Clock;
  readonly #events: Http2HeartbeatEvents;
  #nextPing: Timer | undefined;
  #deadline: Timer | undefined;

  constructor(session: http2.ClientHttp2Session, clock: Clock, events: Http2HeartbeatEvents) {
    this.#session = session;
    this.#clock = clock;
    this.#events = events;
    session.once('close', () => this.#stop());
    this.#scheduleNext();
  }

  #scheduleNext(): void {
    this.#nextPing = this.#clock.setTimeout(() => {
      this.#scheduleNext();
      if (this.#events.hasStreams()) this.#ping();
    }, PING_EVERY_MS);
  }

  #ping(): void {
    if (this.#deadline || this.#session.destroyed) return;
    this.#deadline = this.#clock.setTimeout(
      () => this.#events.unanswered(new UnansweredPing(ANSWER_WITHIN_MS)),
      ANSWER_WITHIN_MS,
    );
    this.#session.ping(() => this.#endDeadline());
  }

  #stop(): void {
    if (this.#nextPing) this.#clock.clearTimeout(this.#nextPing);
    this.#endDeadline();
  }

  #endDeadline(): void {
    if (this.#deadline) this.#clock.clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }
}
