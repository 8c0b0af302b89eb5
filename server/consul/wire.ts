import type http from 'node:http';
import type { Phase } from './network-error';
import type { ConsulProtocol, Lane } from './transport';

/** A request as it goes on the wire, in whatever protocol. */
export interface WireRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** One request to be carried, and what wants to hear of its progress. */
export interface WireCall {
  readonly request: WireRequest;
  readonly lane: Lane;
  /** The request's whole limit: Consul may go on with a waiting one for so long after it was aborted here. */
  readonly timeoutMs: number;
  /** Cap on the body as it comes. */
  readonly maxBytes: number;
  /** False: the body is read to its end and dropped. */
  readonly keepBody: (headers: http.IncomingHttpHeaders, status: number) => boolean;
  readonly onBytes: (count: number) => void;
  readonly onPhase: (phase: Phase) => void;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** As it came: still compressed. */
  readonly body: Buffer;
}

/** How many requests a wire carries at once: in all, and of the waiting lane. */
export interface WireCapacity {
  readonly total: number;
  readonly waiting: number;
}

/** Carries requests to one Consul and whole answers back. The protocols differ in nothing else. */
export interface Wire {
  readonly protocol: ConsulProtocol;
  /** Sockets, in use or kept alive. */
  readonly openConnections: number;
  /** May change with what the peer allows; whoever made the wire is told when it does. */
  readonly capacity: WireCapacity;
  /**
   * Never called beyond the capacity. Rejects with Node's error, a `BodyError`, a `ConnectTimeout`, an `Http2Failure` or the signal's
   * reason; in each case nothing of the request is left on the wire.
   */
  exchange(call: WireCall, signal: AbortSignal): Promise<WireAnswer>;
  /** Closes every connection. What is under way was aborted before. */
  close(): void;
}

/** A wire whose connections are counted by their other side as well. */
export interface BudgetedWire extends Wire {
  /** From now on it holds so many at most. What is under way beyond that goes on to its end. */
  resize(maxConnections: number): void;
}

/** The other side never read the request, so it may be sent again: its connection was closing, or it was refused unseen. */
export class NeverRead extends Error {}

/** A connection was not made within its own limit. */
export class ConnectTimeout extends Error {
  constructor(readonly timeoutMs: number) {
    super(`No connection within ${timeoutMs} ms.`);
  }
}
