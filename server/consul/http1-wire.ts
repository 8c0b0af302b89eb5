import type { ConsulEndpoint } from './address';
import type { Clock } from './clock';
import { type Http1ExchangeOptions, http1Exchange } from './http1-exchange';
import { Http1Pool } from './http1-pool';
import { hostField } from './http1-request';
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
  readonly #pool: Http1Pool;
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
    this.#pool = new Http1Pool(endpoint, tlsFiles, maxConnections);
    this.#exchange = { pool: this.#pool, host: hostField(endpoint), connectTimeoutMs, clock };
  }

  get capacity(): WireCapacity {
    const reserved = Math.min(this.#reservedForShort, Math.floor(this.#maxConnections / 2));
    return { total: this.#maxConnections, waiting: this.#maxConnections - reserved };
  }

  get openConnections(): number {
    return this.#pool.open;
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
    this.#pool.keep(keep ? this.#maxConnections : 0);
  }

  resize(maxConnections: number): void {
    this.#maxConnections = maxConnections;
    this.keepConnections(this.#keep);
  }

  close(): void {
    this.#pool.close();
  }
}
