import { BodyError } from './body';
import { Http1Wire, type Http1WireOptions } from './http1-wire';
import { type Http2Link, http2Connect } from './http2-connect';
import { NoHttp2 } from './http2-failure';
import { Http2Wire } from './http2-wire';
import type { TlsFiles } from './tls-files';
import type { ConsulProtocol } from './transport';
import type { BudgetedWire, WireAnswer, WireCall, WireCapacity } from './wire';

export interface NegotiatedWireOptions extends Http1WireOptions {
  readonly tlsFiles: TlsFiles;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
  /** Told when the protocol or the capacity has changed. */
  readonly onChange: () => void;
}

/** HTTP/2 is asked for again no sooner after it was declined, ms: a front that closes each connection would see two for each request. */
const ASK_AGAIN_AFTER_MS = 5_000;

/**
 * HTTP/2 where the peer offers it in the handshake, else HTTP/1.1 (a proxy before Consul, an old front). It is asked for again when
 * the connections over HTTP/1.1 have ended or failed, for whatever stands there then may be another.
 */
export class NegotiatedWire implements BudgetedWire {
  readonly #options: NegotiatedWireOptions;
  readonly #http1: Http1Wire;
  readonly #http2: Http2Wire;
  #protocol: ConsulProtocol = 'http/1.1';
  /** Null: HTTP/2 was not declined. */
  #declinedAtMs: number | null = null;
  #askAgain = false;
  #maxConnections: number;

  constructor(options: NegotiatedWireOptions) {
    const { maxConnections, clock, random, onChange } = options;
    this.#options = options;
    this.#maxConnections = maxConnections;
    this.#http1 = new Http1Wire(options);
    this.#http2 = new Http2Wire({
      ...{ clock, random, onChange },
      connect: (signal) => this.#connect(signal),
      // Both share one budget while the one takes over from the other.
      maxSessions: () => Math.max(1, this.#maxConnections - this.#http1.openConnections),
    });
  }

  get protocol(): ConsulProtocol {
    return this.#protocol;
  }

  get openConnections(): number {
    return this.#http1.openConnections + this.#http2.openConnections;
  }

  get capacity(): WireCapacity {
    if (this.#protocol === 'h2') return this.#http2.capacity;
    const { total, waiting } = this.#http1.capacity;
    const held = this.#http2.openConnections;
    return { total: Math.max(1, total - held), waiting: Math.max(1, waiting - held) };
  }

  async exchange(call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
    if (this.#asksForHttp2) {
      try {
        return await this.#http2.exchange(call, signal);
      } catch (error) {
        if (!(error instanceof NoHttp2)) throw error;
        this.#agree('http/1.1');
      }
    }
    return this.#overHttp1(call, signal);
  }

  resize(maxConnections: number): void {
    this.#maxConnections = maxConnections;
    this.#http1.resize(maxConnections);
  }

  close(): void {
    this.#http1.close();
    this.#http2.close();
  }

  async #connect(signal: AbortSignal): Promise<Http2Link> {
    const link = await http2Connect(this.#options, signal);
    this.#agree('h2');
    return link;
  }

  get #asksForHttp2(): boolean {
    if (this.#protocol === 'h2' || this.#declinedAtMs === null) return true;
    this.#askAgain ||= this.#http1.openConnections === 0;
    return this.#askAgain && this.#options.clock.now() - this.#declinedAtMs >= ASK_AGAIN_AFTER_MS;
  }

  async #overHttp1(call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
    try {
      return await this.#http1.exchange(call, signal);
    } catch (error) {
      if (!signal.aborted && !(error instanceof BodyError)) this.#askAgain = true;
      throw error;
    }
  }

  #agree(protocol: ConsulProtocol): void {
    const { clock, onChange } = this.#options;
    this.#declinedAtMs = protocol === 'h2' ? null : clock.now();
    this.#askAgain = false;
    if (this.#protocol === protocol) return;
    this.#protocol = protocol;
    this.#http1.keepConnections(protocol === 'http/1.1');
    onChange();
  }
}
