import { BodyCollector, BodyError } from './body';
import type { Clock, Timer } from './clock';
import { Http1Answer } from './http1-answer';
import type { Http1Connection } from './http1-connection';
import type { AnswerHead } from './http1-head';
import type { Http1Pool } from './http1-pool';
import { http1RequestHead } from './http1-request';
import { ConnectTimeout, NeverRead, type WireAnswer, type WireCall } from './wire';

export interface Http1ExchangeOptions {
  readonly pool: Http1Pool;
  /** As the `Host` field names the agent. */
  readonly host: string;
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * One request and its whole answer over a connection of the pool. Rejects with Node's error, a `NotHttp1`, a `BodyError`, a `ConnectTimeout`, a
 * `NeverRead` or the signal's reason; in each case the connection is gone.
 */
export function http1Exchange(options: Http1ExchangeOptions, call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    new Exchange(options, call, signal, resolve, reject).start();
  });
}

/**
 * Not by Node's own client: for each of a thousand waits that begin again every 25 s that makes streams, listeners and copies anew, a fourth of what a process at rest cost.
 */
class Exchange {
  readonly #answer: Http1Answer;
  readonly #body: BodyCollector;
  #connection: Http1Connection | null = null;
  #head: AnswerHead | null = null;
  #connectTimer: Timer | undefined;

  constructor(
    private readonly options: Http1ExchangeOptions,
    private readonly call: WireCall,
    private readonly signal: AbortSignal,
    private readonly resolve: (answer: WireAnswer) => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    this.#answer = new Http1Answer(call.request.method, this);
    this.#body = new BodyCollector(call.maxBytes);
  }

  start(): void {
    const head = http1RequestHead(this.call.request, this.options.host);
    const connection = this.options.pool.take();
    this.#connection = connection;
    this.signal.addEventListener('abort', this.#onAbort, { once: true });
    connection.lend(this);
    if (connection.connected) this.call.onPhase('asked');
    else this.#connect();
    // What is written before the connection is made goes out with it.
    connection.send(head, this.call.request.body);
  }

  onConnected(): void {
    this.#endConnectTimer();
    this.call.onPhase('asked');
  }

  onBytes(bytes: Buffer): void {
    try {
      const used = this.#answer.read(bytes);
      if (this.#answer.whole) this.#end(used === bytes.length && this.#answer.keepsConnection);
    } catch (error) {
      this.#fail(error);
    }
  }

  onEnd(): void {
    try {
      this.#answer.ended();
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#answer.whole) this.#end(false);
    else this.onError(Object.assign(new Error('the connection ended'), { code: 'ECONNRESET' }));
  }

  onError(error: NodeJS.ErrnoException): void {
    // The kept connection had been closed by the other side just before the request.
    const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    const unread = closed && this.#connection?.reused === true && !this.#answer.begun;
    this.#fail(unread && this.call.request.method === 'GET' ? new NeverRead() : error);
  }

  onHead(head: AnswerHead): void {
    this.#head = head;
    this.call.onPhase('answering');
    if (!this.call.keepBody(head.headers, head.status)) this.#body.drop();
  }

  onBody(part: Buffer): void {
    this.call.onBytes(part.length);
    if (!this.#body.takeCopy(part)) throw new BodyError('too-large');
  }

  #connect(): void {
    const { clock, connectTimeoutMs } = this.options;
    this.call.onPhase('connecting');
    this.#connectTimer = clock.setTimeout(() => this.#fail(new ConnectTimeout(connectTimeoutMs)), connectTimeoutMs);
  }

  #endConnectTimer(): void {
    if (this.#connectTimer !== undefined) this.options.clock.clearTimeout(this.#connectTimer);
    this.#connectTimer = undefined;
  }

  readonly #onAbort = (): void => this.#fail(this.signal.reason);

  #end(keeps: boolean): void {
    const connection = this.#settle();
    // Who answers before it has read the whole body would take the rest of that for the next request.
    const sent = this.call.request.body === undefined || connection?.sent;
    if (keeps && sent && connection) this.options.pool.giveBack(connection);
    else connection?.destroy();
    this.resolve({ status: this.#head?.status ?? 0, headers: this.#head?.headers ?? {}, body: this.#body.body });
  }

  #fail(reason: unknown): void {
    this.#settle()?.destroy();
    this.reject(reason);
  }

  /** @returns the connection the first time. */
  #settle(): Http1Connection | null {
    const connection = this.#connection;
    this.#connection = null;
    this.#endConnectTimer();
    this.signal.removeEventListener('abort', this.#onAbort);
    return connection;
  }
}
