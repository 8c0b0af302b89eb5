import type http from 'node:http';
import type { ConsulEndpoint } from './address';
import type { Clock } from './clock';
import { connectionPool, keepIdle, openConnections } from './connection-pool';
import { type Http1ExchangeOptions, http1Exchange } from './http1-exchange';
import type { TlsFiles } from './tls-files';
import { NeverRead, type Wire, type WireAnswer, type WireCall, type WireCapacity } from './wire';

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
export class Http1Wire implements Wire {
  readonly protocol = 'http/1.1';
  readonly capacity: WireCapacity;
  readonly #pool: http.Agent;
  readonly #exchange: Http1ExchangeOptions;

  /** @throws RangeError where nothing would be left for the waiting lane. */
  constructor(options: Http1WireOptions) {
    const { endpoint, tlsFiles, maxConnections, reservedForShort, connectTimeoutMs, clock } = options;
    if (reservedForShort >= maxConnections) {
      throw new RangeError(
        `${maxConnections} connections leave none for waiting beside ${reservedForShort} for short requests.`,
      );
    }
    this.capacity = { total: maxConnections, waiting: maxConnections - reservedForShort };
    this.#pool = connectionPool(endpoint, tlsFiles, maxConnections);
    const { secure, host, port, socketPath } = endpoint;
    const target = { agent: this.#pool, host, port, ...(socketPath !== null && { socketPath }) };
    this.#exchange = { secure, target, connectTimeoutMs, clock };
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
    keepIdle(this.#pool, keep ? this.capacity.total : 0);
  }

  close(): void {
    this.#pool.destroy();
  }
}
