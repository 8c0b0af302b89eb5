import type http from 'node:http';
import type { ConsulEndpoint } from './address';
import type { Clock } from './clock';
import { connectionPool, keepIdle, openConnections } from './connection-pool';
import { type Http1ExchangeOptions, http1Exchange } from './http1-exchange';
import type { TlsFiles } from './tls-files';
import { type BudgetedWire, NeverRead, type WireAnswer, type WireCall, type WireCapacity } from './wire';

export interface Http1WireOptions {
  readonly endpoint: ConsulEndpoint;
  /** Null for an endpoint without TLS. */
  readonly tlsFiles: TlsFiles | null;
  readonly maxConnections: number;
  /** Of these, how many only short requests may use. */
  readonly reservedForShort: number;
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
}

/** HTTP/1.1: a connection for each request under way, kept alive between them. */
export class Http1Wire implements BudgetedWire {
  readonly protocol = 'http/1.1';
  readonly #pool: http.Agent;
  readonly #exchange: Http1ExchangeOptions;
  readonly #reservedForShort: number;
  #maxConnections: number;
  #keep = true;

  /** @throws RangeError where nothing would be left for the waiting lane. */
  constructor(options: Http1WireOptions) {
    const { endpoint, tlsFiles, maxConnections, reservedForShort, connectTimeoutMs, clock } = options;
    if (reservedForShort >= maxConnections) {
      throw new RangeError(
        `${maxConnections} connections leave none for waiting beside ${reservedForShort} for short requests.`,
      );
    }
    this.#maxConnections = maxConnections;
    this.#reservedForShort = reservedForShort;
    this.#pool = connectionPool(endpoint, tlsFiles, maxConnections);
    const { secure, host, port, socketPath } = endpoint;
    const target = { agent: this.#pool, host, port, ...(socketPath !== null && { socketPath }) };
    this.#exchange = { secure, target, connectTimeoutMs, clock };
  }

  get capacity(): WireCapacity {
    const reserved = Math.min(this.#reservedForShort, Math.floor(this.#maxConnections / 2));
    return { total: this.#maxConnections, waiting: this.#maxConnections - reserved };
  }

  get openConnections(): number {
    return openConnections(this.#pool);
  }

  exchange(call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
    const attempt = () => http1Exchange(this.#exchange, call, signal);
    return attempt().catch((error: unknown) => {
      if (error instanceof NeverRead) return attempt();
      throw error;
    });
  }

  /** While it does not keep them, a connection ends with its answer, and the idle ones end at once. */
  keepConnections(keep: boolean): void {
    this.#keep = keep;
    keepIdle(this.#pool, keep ? this.#maxConnections : 0);
  }

  resize(maxConnections: number): void {
    this.#maxConnections = maxConnections;
    this.#pool.maxSockets = maxConnections;
    this.keepConnections(this.#keep);
  }

  close(): void {
    this.#pool.destroy();
  }
}
