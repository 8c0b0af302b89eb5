import type { ConsulErrorKind } from './consul-error';

/**
 * - `waiting`: a blocking query, which holds its place on the wire for as long as nothing changes;
 * - `short`: everything else. Places are kept free for it.
 */
export type Lane = 'waiting' | 'short';

export type ConsulProtocol = 'http/1.1' | 'h2';

export interface ConsulRequest {
  /** As it goes on the wire, each segment already percent-encoded: `/v1/health/service/web`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly body?: string;
  /** How long the whole request may take, from the call (waiting for a free connection included) to the last byte. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** In place of the address's own, where a datacenter behind it has another. */
  readonly token?: () => string | null;
  /** `short` where absent. */
  readonly lane?: Lane;
  /** An answer with this index brings nothing new: its body is read off the wire and dropped, `body` is empty. */
  readonly unchangedIndex?: number;
}

export interface ConsulAnswer {
  /** Any status but 3xx: the caller decides which it accepts. */
  readonly status: number;
  /** `X-Consul-Index`; null where there is none or it is no number. */
  readonly index: number | null;
  readonly knownLeader: boolean | null;
  /** How long ago the answering server heard from its leader, ms. */
  readonly lastContactMs: number | null;
  /** Consul 1.11 and later say so; before, an absence proves nothing. */
  readonly filteredByAcls: boolean;
  readonly contentType: string;
  /** Decompressed. */
  readonly body: Buffer;
  /** When the last byte was there, ms since 1970. */
  readonly receivedAtMs: number;
  /** `GET /v1/… of Consul at http://…`: what a sentence about this answer names. Holds no secret. */
  readonly source: string;
}

export interface TransportStats {
  /** What is spoken now; `http/1.1` until a first connection has agreed on more. */
  readonly protocol: ConsulProtocol;
  /** Connections at most, now. */
  readonly budget: number;
  /** Why the budget is below what it began with, a sentence; null while it is not. */
  readonly lowered: string | null;
  /** Sockets to Consul, in use or kept alive. */
  readonly openConnections: number;
  /** Requests on the wire, by lane. */
  readonly waiting: number;
  readonly short: number;
  /** Requests that wait for a free place on the wire. */
  readonly queued: number;
  /** Requests ever made. */
  readonly requests: number;
  /** The same by endpoint: `/v1/health/service/:name`. */
  readonly requestsByEndpoint: Readonly<Record<string, number>>;
  /** Bytes of bodies ever received, as they came (compressed). */
  readonly bytesReceived: number;
  readonly errors: Readonly<Record<ConsulErrorKind, number>>;
}

/** The one way to Consul. What stands behind it (HTTP/1.1 or HTTP/2) is nobody else's business. */
export interface ConsulTransport {
  /**
   * Rejects with a `ConsulError` and nothing else. Aborting a blocking query frees its place here at once; Consul counts its
   * connection (over HTTP/1.1), or goes on with its work (over HTTP/2), until the wait would have ended.
   */
  request(request: ConsulRequest): Promise<ConsulAnswer>;
  readonly stats: TransportStats;
  /** How many waiting requests it carries at once. It changes with the protocol and with what the other side allows. */
  readonly waitingCapacity: number;
  /** `receivedAtMs` of the oldest answer that came and is not handed over yet; null: there is none. */
  readonly oldestUnreadMs: number | null;
  /** Ends what is under way with `aborted` and closes every connection. */
  close(): Promise<void>;
}
