import type http from 'node:http';
import { type ConsulAddressOptions, type ConsulEndpoint, endpointOf } from './address';
import { decodedBody } from './body';
import { type Clock, systemClock } from './clock';
import { connectionPool, openConnections } from './connection-pool';
import { ConsulError, type ConsulErrorKind, consulErrorKinds } from './consul-error';
import { type ExchangeOptions, exchange, StaleConnection, type WireAnswer } from './exchange';
import { Lanes } from './lanes';
import { networkError, type Phase, stallError, timeoutError } from './network-error';
import { withoutSecrets } from './redact';
import { StallLimit } from './stall-limit';
import type { ConsulAnswer, ConsulRequest, ConsulTransport, TransportStats } from './transport';
import { consulAnswer, isJson, requestSource, wholeHeader, wireRequest } from './wire-request';

export interface Http1TransportOptions extends ConsulAddressOptions {
  /** Connections to this address at most. */
  readonly maxConnections: number;
  /** Of these, how many only short requests may use; 8, or half where there are fewer than 16. */
  readonly reservedForShort?: number;
  /** Apart from a request's own limit; 3,000. */
  readonly connectTimeoutMs?: number;
  /** An answer that has begun is given up when nothing more of it comes for so long; 5,000. */
  readonly stallMs?: number;
  /** Cap on one body, both as it comes and decompressed; 64 MB. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

/** The transport over HTTP/1.1: a connection for each request under way, kept alive between them. */
export function http1Transport(options: Http1TransportOptions): ConsulTransport {
  return new Http1Transport(options);
}

class Http1Transport implements ConsulTransport {
  readonly #options: Http1TransportOptions;
  readonly #endpoint: ConsulEndpoint;
  readonly #pool: http.Agent;
  readonly #lanes: Lanes;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  /** What ends each request that is under way, and when each has ended. */
  readonly #underWay = new Map<AbortController, Promise<unknown>>();
  readonly #errors: Record<ConsulErrorKind, number>;
  #requests = 0;
  #bytesReceived = 0;
  #closed = false;

  constructor(options: Http1TransportOptions) {
    this.#options = options;
    this.#endpoint = endpointOf(options.address);
    this.#pool = connectionPool(this.#endpoint, options.tls, options.maxConnections);
    const reserved = options.reservedForShort ?? Math.min(8, Math.floor(options.maxConnections / 2));
    this.#lanes = new Lanes(options.maxConnections, reserved);
    this.#clock = options.clock ?? systemClock;
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
    this.#errors = Object.fromEntries(consulErrorKinds.map((kind) => [kind, 0])) as Record<ConsulErrorKind, number>;
  }

  get stats(): TransportStats {
    return {
      openConnections: openConnections(this.#pool),
      waiting: this.#lanes.running.waiting,
      short: this.#lanes.running.short,
      queued: this.#lanes.queued,
      requests: this.#requests,
      bytesReceived: this.#bytesReceived,
      errors: { ...this.#errors },
    };
  }

  async request(request: ConsulRequest): Promise<ConsulAnswer> {
    this.#requests += 1;
    const end = new AbortController();
    const answer = this.#bounded(request, end);
    this.#underWay.set(end, answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(end);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const endings = Array.from(this.#underWay.values());
    for (const end of this.#underWay.keys()) end.abort(this.#abortError());
    await Promise.allSettled(endings);
    this.#pool.destroy();
  }

  /** The request under its limits of time: its own, the caller's signal and the closing of the transport. */
  async #bounded(request: ConsulRequest, end: AbortController): Promise<ConsulAnswer> {
    const source = requestSource(request, this.#options.address);
    const { stallMs = 5_000 } = this.#options;
    const stall = new StallLimit(this.#clock, stallMs, () => end.abort(stallError(source, stallMs)));
    let phase: Phase = 'queued';
    const onPhase = (now: Phase) => {
      phase = now;
      if (phase === 'answering') stall.moved();
    };
    const onBytes = (count: number) => {
      stall.moved();
      this.#bytesReceived += count;
    };
    const abort = () => end.abort(this.#abortError());
    if (this.#closed || request.signal?.aborted) abort();
    request.signal?.addEventListener('abort', abort, { once: true });
    const timer = this.#clock.setTimeout(
      () => end.abort(timeoutError(source, phase, request.timeoutMs)),
      request.timeoutMs,
    );
    try {
      return await this.#exchanged(request, source, end.signal, { onPhase, onBytes });
    } catch (error) {
      const failure = networkError(source, phase, error);
      this.#errors[failure.kind] += 1;
      throw failure;
    } finally {
      this.#clock.clearTimeout(timer);
      stall.end();
      request.signal?.removeEventListener('abort', abort);
    }
  }

  async #exchanged(
    request: ConsulRequest,
    source: string,
    signal: AbortSignal,
    progress: Pick<ExchangeOptions, 'onPhase' | 'onBytes'>,
  ): Promise<ConsulAnswer> {
    const connectTimeoutMs = this.#options.connectTimeoutMs ?? 3_000;
    const attempt = () =>
      exchange(
        {
          secure: this.#endpoint.secure,
          request: wireRequest(request, this.#endpoint, this.#options, this.#pool),
          body: request.body,
          connectTimeoutMs,
          connectTimeout: () => timeoutError(source, 'connecting', connectTimeoutMs),
          maxBytes: this.#maxBytes,
          keepBody: (headers, status) =>
            status !== 200 ||
            request.unchangedIndex === undefined ||
            wholeHeader(headers, 'x-consul-index') !== request.unchangedIndex,
          ...progress,
          clock: this.#clock,
        },
        signal,
      );
    const wire = await this.#lanes.run(request.lane ?? 'short', signal, () =>
      attempt().catch((error: unknown) => {
        if (error instanceof StaleConnection) return attempt();
        throw error;
      }),
    );
    return this.#answer(wire, source, this.#clock.now());
  }

  async #answer(wire: WireAnswer, source: string, receivedAtMs: number): Promise<ConsulAnswer> {
    const encoding = wire.body.length === 0 ? '' : (wire.headers['content-encoding'] ?? '');
    const body = await decodedBody(wire.body, encoding, this.#maxBytes);
    const expected = wire.status === 200 && isJson(wire.headers['content-type'] ?? '');
    const { token, basicAuth } = this.#options;
    const shown = expected ? body : withoutSecrets(body, [token?.(), basicAuth, basicAuth && btoa(basicAuth)]);
    return consulAnswer(wire, shown, source, receivedAtMs);
  }

  #abortError(): ConsulError {
    return new ConsulError('aborted', `A request to Consul ${this.#options.address} was ended by Lictor itself.`);
  }
}
