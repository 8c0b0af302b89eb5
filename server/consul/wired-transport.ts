import { AdaptiveBudget } from './adaptive-budget';
import { type ConsulAddressOptions, endpointOf, isLoopback } from './address';
import { decodedBody } from './body';
import { type Clock, systemClock } from './clock';
import { ConsulError, type ConsulErrorKind, consulErrorKinds } from './consul-error';
import { endpointName } from './endpoint-name';
import { Lanes } from './lanes';
import { networkError, type Phase, stallError, timeoutError } from './network-error';
import { withoutSecrets } from './redact';
import { StallLimit } from './stall-limit';
import type { ConsulAnswer, ConsulRequest, ConsulTransport, TransportStats } from './transport';
import { Turns } from './turns';
import type { BudgetedWire, WireAnswer, WireCall } from './wire';
import {
  type AcceptedEncoding,
  type Credentials,
  consulAnswer,
  isJson,
  requestSource,
  secretsOf,
  wholeHeader,
  wireRequest,
} from './wire-request';

export interface ConsulTransportOptions extends ConsulAddressOptions {
  /** Connections to this address at most. */
  readonly maxConnections: number;
  /** Over HTTP/1.1: of these, how many only short requests may use; 8, or half where there are fewer than 16. */
  readonly reservedForShort?: number;
  /** Apart from a request's own limit; 3,000. */
  readonly connectTimeoutMs?: number;
  /** An answer that has begun is given up when nothing more of it comes for so long; 5,000. */
  readonly stallMs?: number;
  /** Cap on one body, both as it comes and decompressed; 64 MB. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
  /** 0 (included) to 1; `Math.random`. */
  readonly random?: () => number;
}

/** Its 429 says that a server is not well. */
const AUTOPILOT_HEALTH = '/v1/operator/autopilot/health';

/** Longer than that after it was made the end of a connection says nothing about a limit. */
const CLOSED_AT_ONCE_MS = 2_000;

/** A transport over the wire that `makeWire` makes; the wire calls `onChange` when its capacity has changed. */
export function wiredTransport(
  options: ConsulTransportOptions,
  makeWire: (onChange: () => void) => BudgetedWire,
): ConsulTransport {
  return new WiredTransport(options, makeWire);
}

/** Everything about a request that is not the wire: its limits of time, its place, its headers, what its answer says, its errors. */
class WiredTransport implements ConsulTransport {
  readonly #options: ConsulTransportOptions;
  readonly #wire: BudgetedWire;
  readonly #budget: AdaptiveBudget;
  readonly #lanes: Lanes;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  /** On one machine gzip saves nobody anything, and takes Consul as long as the rest of an answer; but what is dropped unread is better read small. */
  readonly #acceptedEncoding: AcceptedEncoding;
  readonly #turns = new Turns();
  /** Answers that wait for their turn or are being unpacked, in the order in which they came, with that moment. */
  readonly #unread = new Map<WireAnswer, number>();
  /** What ends each request that is under way, and when each has ended. */
  readonly #underWay = new Map<AbortController, Promise<unknown>>();
  /** Of requests that ended by themselves: a new one costs as much as all the rest of a request's limits. */
  readonly #unusedEnds: AbortController[] = [];
  readonly #errors: Record<ConsulErrorKind, number>;
  readonly #requestsByEndpoint = new Map<string, number>();
  #requests = 0;
  #bytesReceived = 0;
  #closed = false;

  constructor(options: ConsulTransportOptions, makeWire: (onChange: () => void) => BudgetedWire) {
    this.#options = options;
    this.#lanes = new Lanes(() => this.#wire.capacity);
    this.#wire = makeWire(() => this.#lanes.admit());
    this.#clock = options.clock ?? systemClock;
    this.#budget = new AdaptiveBudget({
      ...{ full: options.maxConnections, address: options.address, clock: this.#clock },
      open: () => this.#wire.openConnections,
      say: (sentence) => options.warn?.(sentence),
      onChange: (connections) => {
        this.#wire.resize(connections);
        this.#lanes.admit();
      },
    });
    this.#acceptedEncoding = isLoopback(endpointOf(options.address)) ? 'identity' : 'gzip';
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
    this.#errors = Object.fromEntries(consulErrorKinds.map((kind) => [kind, 0])) as Record<ConsulErrorKind, number>;
  }

  get stats(): TransportStats {
    return {
      protocol: this.#wire.protocol,
      budget: this.#budget.current,
      lowered: this.#budget.lowered,
      openConnections: this.#wire.openConnections,
      waiting: this.#lanes.running.waiting,
      short: this.#lanes.running.short,
      queued: this.#lanes.queued,
      requests: this.#requests,
      requestsByEndpoint: Object.fromEntries(this.#requestsByEndpoint),
      bytesReceived: this.#bytesReceived,
      errors: { ...this.#errors },
    };
  }

  get waitingCapacity(): number {
    return this.#wire.capacity.waiting;
  }

  get oldestUnreadMs(): number | null {
    const [oldestMs = null] = this.#unread.values();
    return oldestMs;
  }

  async request(request: ConsulRequest): Promise<ConsulAnswer> {
    this.#requests += 1;
    const endpoint = endpointName(request.path);
    this.#requestsByEndpoint.set(endpoint, (this.#requestsByEndpoint.get(endpoint) ?? 0) + 1);
    const end = this.#unusedEnds.pop() ?? new AbortController();
    const answer = this.#bounded(request, end);
    this.#underWay.set(end, answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(end);
      if (!end.signal.aborted) this.#unusedEnds.push(end);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const endings = Array.from(this.#underWay.values());
    for (const end of this.#underWay.keys()) end.abort(this.#abortError());
    await Promise.allSettled(endings);
    this.#budget.stop();
    this.#wire.close();
  }

  /** The request under its limits of time: its own, the caller's signal and the closing of the transport. */
  async #bounded(request: ConsulRequest, end: AbortController): Promise<ConsulAnswer> {
    const source = requestSource(request, this.#options.address);
    const { stallMs = 5_000 } = this.#options;
    const stall = new StallLimit(this.#clock, stallMs, () => end.abort(stallError(source, stallMs)));
    let phase: Phase = 'queued';
    let connectingSinceMs: number | null = null;
    const onPhase = (now: Phase) => {
      phase = now;
      if (phase === 'connecting') connectingSinceMs = this.#clock.now();
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
      this.#noteClosed(failure, connectingSinceMs);
      throw failure;
    } finally {
      this.#clock.clearTimeout(timer);
      stall.end();
      request.signal?.removeEventListener('abort', abort);
    }
  }

  /** Consul 1.8 closes a connection beyond its limit as soon as it is made; one that was used or held for a while ends for other reasons. */
  #noteClosed(failure: ConsulError, connectingSinceMs: number | null): void {
    const { code } = (failure.cause ?? {}) as NodeJS.ErrnoException;
    const closed = this.#wire.protocol === 'http/1.1' && (failure.kind === 'reset' || code === 'ECONNRESET');
    if (!closed || connectingSinceMs === null) return;
    if (this.#clock.now() - connectingSinceMs < CLOSED_AT_ONCE_MS) this.#budget.closed();
  }

  async #exchanged(
    request: ConsulRequest,
    source: string,
    signal: AbortSignal,
    progress: Pick<WireCall, 'onPhase' | 'onBytes'>,
  ): Promise<ConsulAnswer> {
    const lane = request.lane ?? 'short';
    const call = (): WireCall => ({
      request: wireRequest(
        request,
        this.#credentials(request),
        request.unchangedIndex === undefined ? this.#acceptedEncoding : 'gzip',
      ),
      ...{ ...progress, lane, timeoutMs: request.timeoutMs, maxBytes: this.#maxBytes },
      keepBody: (headers, status) =>
        status !== 200 ||
        request.unchangedIndex === undefined ||
        wholeHeader(headers, 'x-consul-index') !== request.unchangedIndex,
    });
    const wire = await this.#lanes.run(lane, signal, async () => this.#wire.exchange(call(), signal));
    if (wire.status !== 429) this.#budget.answered();
    else if (request.path !== AUTOPILOT_HEALTH) this.#budget.limited();
    const receivedAtMs = this.#clock.now();
    this.#unread.set(wire, receivedAtMs);
    try {
      return await this.#answer(wire, source, receivedAtMs, request);
    } finally {
      // What waits for it goes on within this turn, so nobody ever sees it neither here nor there.
      this.#unread.delete(wire);
    }
  }

  #credentials(request: ConsulRequest): Credentials {
    return { token: request.token ?? this.#options.token, basicAuth: this.#options.basicAuth };
  }

  async #answer(wire: WireAnswer, source: string, receivedAtMs: number, request: ConsulRequest): Promise<ConsulAnswer> {
    const isEmpty = wire.body.length === 0;
    if (!isEmpty) await this.#turns.next();
    const encoding = isEmpty ? '' : (wire.headers['content-encoding'] ?? '');
    const body = await decodedBody(wire.body, encoding, this.#maxBytes);
    const expected = wire.status === 200 && isJson(wire.headers['content-type'] ?? '');
    const shown = expected ? body : withoutSecrets(body, secretsOf(this.#credentials(request)));
    return consulAnswer(wire, shown, source, receivedAtMs);
  }

  #abortError(): ConsulError {
    return new ConsulError('aborted', `A request to Consul ${this.#options.address} was ended by Lictor itself.`);
  }
}
