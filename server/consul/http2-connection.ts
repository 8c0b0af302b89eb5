import type http2 from 'node:http2';
import type { Clock, Timer } from './clock';
import type { Http2Link } from './http2-connect';
import { http2Exchange } from './http2-exchange';
import { Http2Heartbeat } from './http2-heartbeat';
import type { Lane } from './transport';
import type { WireAnswer, WireCall, WireCapacity } from './wire';

/** Without a request for so long, a session is closed; ms. */
const IDLE_MS = 60_000;
/** More streams would lay too much on one TCP connection, whatever the peer allows. */
const MAX_STREAMS = 250;
/**
 * Once its TCP connection is closed, a session and its streams say so within a few turns of the event loop; now and then Node forgets one
 * of them (seen once in 150 cuts under load), which would count as a connection, and keep its request, for ever.
 */
const FORGOTTEN_AFTER_MS = 1_000;
/** Streams of a session that no waiting request takes, so that a short one never waits for a handshake. */
const KEPT_FOR_SHORT = 8;

/** What the owner of a connection is told. */
export interface Http2ConnectionEvents {
  /** Its room has grown or shrunk: the peer's settings changed, or it takes no more requests. */
  changed(): void;
  /** It is gone. `broken`: under requests without having said so before, or before it had answered any. */
  ended(broken: boolean): void;
}

/** How many requests one session carries under the peer's settings. */
export function sessionCapacity({ maxConcurrentStreams = MAX_STREAMS }: http2.Settings): WireCapacity {
  const total = Math.min(MAX_STREAMS, maxConcurrentStreams);
  return { total, waiting: total - Math.min(KEPT_FOR_SHORT, Math.floor(total / 2)) };
}

/** One session: counts what it carries, pings while it carries something, and closes when it long did not. */
export class Http2Connection {
  readonly #session: http2.ClientHttp2Session;
  readonly #clock: Clock;
  readonly #carried: Record<Lane, number> = { waiting: 0, short: 0 };
  /** Until when the peer may still work on waits that were aborted here, ms since 1970. */
  #abandonedUntilMs: number[] = [];
  #capacity: WireCapacity;
  #leaving = false;
  #answered = false;
  #lastReadId = Number.POSITIVE_INFINITY;
  #idle: Timer | undefined;
  #forgotten: Timer | undefined;
  #ended = false;
  readonly #events: Http2ConnectionEvents;
  /** Ends what a lost connection still carries. */
  readonly #losses = new Set<(reason: Error) => void>();

  /** @param link one whose peer has sent its settings. */
  constructor({ session, socket }: Http2Link, clock: Clock, events: Http2ConnectionEvents) {
    this.#session = session;
    this.#clock = clock;
    this.#events = events;
    this.#capacity = sessionCapacity(session.remoteSettings);
    session.on('remoteSettings', (settings) => {
      this.#capacity = sessionCapacity(settings);
      events.changed();
    });
    session.on('goaway', (_code, lastStreamId) => {
      this.#leaving = true;
      // A peer that closes gently names no stream at first, and lowers the number later.
      this.#lastReadId = Math.min(this.#lastReadId, lastStreamId);
      events.changed();
    });
    session.once('close', () => this.#end());
    socket.once('close', () => {
      this.#forgotten = clock.setTimeout(() => this.#lose(), FORGOTTEN_AFTER_MS);
      this.#settle();
    });
    // Its streams report it. Unheard it would end the process.
    session.on('error', () => {});
    new Http2Heartbeat(session, clock, {
      hasStreams: () => this.#streams > 0,
      unanswered: (error) => {
        session.destroy(error);
        // A session waits for a write under way before it closes its socket: on a dead one that never ends.
        socket.destroy();
      },
    });
    this.#waitForUse();
  }

  get capacity(): WireCapacity {
    return this.#capacity;
  }

  /** It takes no more requests; those that it carries go on. */
  get leaving(): boolean {
    return this.#leaving || this.#session.closed || this.#session.destroyed;
  }

  /**
   * @param strict counts waits that were aborted here as if they still stood: a Consul built since 2023 does, and lets a new
   * request on this connection wait for their end.
   */
  hasRoom(lane: Lane, strict: boolean): boolean {
    const streams = this.#streams + (strict ? this.#abandoned : 0);
    if (this.leaving || streams >= this.#capacity.total) return false;
    return lane === 'short' || streams - this.#carried.short < this.#capacity.waiting;
  }

  /** Takes room for a request; `exchange` gives it back. */
  enter(lane: Lane): void {
    this.#carried[lane] += 1;
    this.#endIdle();
  }

  /** Carries one request for which room was taken. */
  async exchange(call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
    const untilMs = this.#clock.now() + call.timeoutMs;
    try {
      const exchange = http2Exchange(this.#session, call, (id) => id <= this.#lastReadId, signal);
      const answer = await this.#unlessLost(exchange);
      this.#answered = true;
      return answer;
    } finally {
      this.#carried[call.lane] -= 1;
      if (signal.aborted && call.lane === 'waiting') this.#abandonedUntilMs.push(untilMs);
      if (this.#streams === 0) this.#waitForUse();
    }
  }

  /** Its streams end as cancelled. */
  destroy(): void {
    this.#session.destroy();
  }

  get #streams(): number {
    return this.#carried.waiting + this.#carried.short;
  }

  get #abandoned(): number {
    if (this.#abandonedUntilMs.length > 0) {
      const nowMs = this.#clock.now();
      this.#abandonedUntilMs = this.#abandonedUntilMs.filter((untilMs) => untilMs > nowMs);
    }
    return this.#abandonedUntilMs.length;
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const broken = !this.#answered || (!this.#leaving && this.#streams > 0);
    this.#leaving = true;
    this.#endIdle();
    this.#events.ended(broken);
    this.#settle();
  }

  /** Nothing was forgotten. */
  #settle(): void {
    if (!this.#ended || this.#losses.size > 0 || !this.#forgotten) return;
    this.#clock.clearTimeout(this.#forgotten);
    this.#forgotten = undefined;
  }

  #lose(): void {
    for (const lose of this.#losses) lose(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    this.#end();
  }

  #unlessLost<T>(exchange: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#losses.add(reject);
      exchange.then(resolve, reject).finally(() => {
        this.#losses.delete(reject);
        this.#settle();
      });
    });
  }

  #waitForUse(): void {
    this.#endIdle();
    if (!this.leaving) this.#idle = this.#clock.setTimeout(() => this.#session.close(), IDLE_MS);
  }

  #endIdle(): void {
    if (this.#idle) this.#clock.clearTimeout(this.#idle);
    this.#idle = undefined;
  }
}
