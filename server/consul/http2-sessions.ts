import { backoffMs } from './backoff';
import type { Clock } from './clock';
import type { Http2Link } from './http2-connect';
import { Http2Connection, sessionCapacity } from './http2-connection';
import { NoHttp2 } from './http2-failure';
import { Pause } from './pause';
import type { Lane } from './transport';
import type { WireAnswer, WireCall, WireCapacity } from './wire';

export interface Http2SessionsOptions {
  /** Makes a session whose peer has sent its settings. Rejects with `NoHttp2` where the peer speaks something else. */
  readonly connect: (signal: AbortSignal) => Promise<Http2Link>;
  /** As of now; at least 1. */
  readonly maxSessions: () => number;
  readonly clock: Clock;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
  /** Told when what the sessions can carry has changed. */
  readonly onChange: () => void;
}

interface Waiter {
  readonly lane: Lane;
  readonly enter: (connection: Http2Connection) => void;
  readonly fail: (error: unknown) => void;
}

/** Failures in a row beyond this one do not lengthen the pause any more, for a probe must find Consul's return soon. */
const LONGEST_PAUSE_AT = 3;

/**
 * As few sessions as carry the requests: one more only when all others are full, one handshake at a time, and after a failure or
 * the sudden end of a session with a pause. Hundreds of waits that lost theirs together thus share the next one.
 */
export class Http2Sessions {
  readonly #options: Http2SessionsOptions;
  /** Oldest first; the oldest with room is used, so that the younger ones run empty and close. */
  readonly #connections = new Set<Http2Connection>();
  readonly #waiters = new Set<Waiter>();
  readonly #end = new AbortController();
  readonly #pause: Pause;
  #opening = false;
  #failures = 0;
  #pausedUntilMs = 0;
  #perSession: WireCapacity | null = null;

  constructor(options: Http2SessionsOptions) {
    this.#options = options;
    this.#pause = new Pause(options.clock);
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Of one session, as the newest settings of the peer allow; null before the first. */
  get perSession(): WireCapacity | null {
    return this.#perSession;
  }

  /** Carries a request over a session with room for it, as soon as there is one. Rejects as `http2Exchange` and `connect` do. */
  async exchange(call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
    signal.throwIfAborted();
    const connection = this.#roomFor(call.lane) ?? (await this.#turn(call, signal));
    try {
      const answer = await connection.exchange(call, signal);
      this.#failures = 0;
      return answer;
    } finally {
      this.#admit();
    }
  }

  close(): void {
    this.#end.abort(new Error('The transport is closed.'));
    this.#pause.end();
    for (const connection of this.#connections) connection.destroy();
  }

  /** Room that is already taken: two must not be sent to one that is free. */
  #roomFor(lane: Lane): Http2Connection | null {
    const connections = Array.from(this.#connections);
    const found =
      connections.find((connection) => connection.hasRoom(lane, true)) ??
      (this.#mayOpen ? undefined : connections.find((connection) => connection.hasRoom(lane, false)));
    found?.enter(lane);
    return found ?? null;
  }

  #turn({ lane, onPhase }: WireCall, signal: AbortSignal): Promise<Http2Connection> {
    if (this.#mayOpen) onPhase('connecting');
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', giveUp);
      };
      const giveUp = () => {
        leave();
        reject(signal.reason);
      };
      const waiter: Waiter = {
        lane,
        enter: (connection) => {
          leave();
          resolve(connection);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiters.add(waiter);
      void this.#openIfNeeded();
    });
  }

  #admit(): void {
    for (const lane of ['short', 'waiting'] as const) {
      for (const waiter of Array.from(this.#waiters).filter((one) => one.lane === lane)) {
        const connection = this.#roomFor(lane);
        if (!connection) break;
        waiter.enter(connection);
      }
    }
    void this.#openIfNeeded();
  }

  get #mayOpen(): boolean {
    if (this.#end.signal.aborted) return false;
    const usable = Array.from(this.#connections).filter(({ leaving }) => !leaving);
    // A session that is leaving counts, for it still is a connection; but it must not keep the last request from a new one.
    if (usable.length === 0) return true;
    // A peer that takes no streams at all for a while would take none on another session either.
    return this.#connections.size < this.#options.maxSessions() && usable.every(({ capacity }) => capacity.total > 0);
  }

  async #openIfNeeded(): Promise<void> {
    if (this.#opening || this.#waiters.size === 0 || !this.#mayOpen) return;
    this.#opening = true;
    try {
      const pauseMs = this.#pausedUntilMs - this.#options.clock.now();
      if (pauseMs > 0) await this.#pause.sleep(pauseMs);
      // They may all have given up meanwhile.
      if (this.#waiters.size > 0) this.#add(await this.#options.connect(this.#end.signal));
    } catch (error) {
      if (!(error instanceof NoHttp2)) this.#failed();
      for (const waiter of Array.from(this.#waiters)) waiter.fail(error);
    } finally {
      this.#opening = false;
    }
    this.#admit();
  }

  #add(link: Http2Link): void {
    const { session } = link;
    if (session.destroyed) throw Object.assign(new Error('closed'), { code: 'ECONNRESET' });
    const connection = new Http2Connection(link, this.#options.clock, {
      changed: () => {
        this.#perSession = connection.capacity;
        this.#options.onChange();
        this.#admit();
      },
      ended: (broken) => {
        this.#connections.delete(connection);
        if (broken) this.#failed();
        this.#options.onChange();
        this.#admit();
      },
    });
    this.#connections.add(connection);
    this.#perSession = sessionCapacity(session.remoteSettings);
    this.#options.onChange();
  }

  /** Sessions that broke together are one failure. */
  #failed(): void {
    const nowMs = this.#options.clock.now();
    if (nowMs < this.#pausedUntilMs) return;
    this.#failures = Math.min(this.#failures + 1, LONGEST_PAUSE_AT);
    this.#pausedUntilMs = nowMs + backoffMs(this.#failures, this.#options.random());
  }
}
