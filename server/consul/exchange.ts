import http from 'node:http';
import https from 'node:https';
import { BodyError } from './body';
import type { Clock, Timer } from './clock';
import type { Phase } from './network-error';

export interface ExchangeOptions {
  readonly secure: boolean;
  readonly request: http.RequestOptions;
  readonly body: string | undefined;
  readonly connectTimeoutMs: number;
  /** Cap on the body as it comes. */
  readonly maxBytes: number;
  /** False: the body is read to its end and dropped. */
  readonly keepBody: (headers: http.IncomingHttpHeaders, status: number) => boolean;
  readonly onBytes: (count: number) => void;
  readonly onPhase: (phase: Phase) => void;
  /** Makes the error for a connection that was not made in time. */
  readonly connectTimeout: () => Error;
  readonly clock: Clock;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** As it came: still compressed. */
  readonly body: Buffer;
}

/** The kept connection had been closed by the other side just before the request: it was never read, and may be sent again. */
export class StaleConnection extends Error {}

/**
 * One request and its whole answer over a connection of the pool. Rejects with Node's error, a `BodyError`, a `StaleConnection`
 * or the signal's reason; in each case the socket is gone.
 */
export function exchange(options: ExchangeOptions, signal: AbortSignal): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const request = (options.secure ? https : http).request(options.request);
    let connectTimer: Timer | undefined;
    const clearConnectTimer = () => {
      if (connectTimer) options.clock.clearTimeout(connectTimer);
      connectTimer = undefined;
    };
    const settle = () => {
      clearConnectTimer();
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      settle();
      request.destroy();
      reject(error);
    };
    const onAbort = () => fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });

    request.once('socket', (socket) => {
      if (request.reusedSocket) return options.onPhase('asked');
      options.onPhase('connecting');
      connectTimer = options.clock.setTimeout(() => fail(options.connectTimeout()), options.connectTimeoutMs);
      socket.once(options.secure ? 'secureConnect' : 'connect', () => {
        clearConnectTimer();
        options.onPhase('asked');
      });
    });
    // Stays after the end: a destroyed request may still emit one, and an unheard one ends the process.
    request.on('error', (error: NodeJS.ErrnoException) => {
      const unread = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      fail(unread && options.request.method === 'GET' ? new StaleConnection() : error);
    });
    request.once('response', (response) => {
      clearConnectTimer();
      options.onPhase('answering');
      receive(response, options, (error, body) => {
        if (error) return fail(error);
        settle();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    request.end(options.body);
  });
}

function receive(
  response: http.IncomingMessage,
  options: ExchangeOptions,
  done: (error: Error | null, body: Buffer) => void,
): void {
  const keep = options.keepBody(response.headers, response.statusCode ?? 0);
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    options.onBytes(chunk.length);
    if (size > options.maxBytes) return done(new BodyError('too-large'), Buffer.alloc(0));
    if (keep) chunks.push(chunk);
  });
  response.once('end', () => done(null, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
  // Emitted where the connection ends before the body does.
  response.on('error', (error) => done(error, Buffer.alloc(0)));
}
