import http from 'node:http';
import https from 'node:https';
import { BodyCollector, BodyError } from './body';
import type { Clock, Timer } from './clock';
import { ConnectTimeout, NeverRead, type WireAnswer, type WireCall } from './wire';

export interface Http1ExchangeOptions {
  readonly secure: boolean;
  /** The pool and the way to the agent. */
  readonly target: Pick<http.RequestOptions, 'agent' | 'host' | 'port' | 'socketPath'>;
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * One request and its whole answer over a connection of the pool. Rejects with Node's error, a `BodyError`, a `ConnectTimeout`, a
 * `NeverRead` or the signal's reason; in each case the socket is gone.
 */
export function http1Exchange(options: Http1ExchangeOptions, call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const { method, path, headers, body } = call.request;
    const request = (options.secure ? https : http).request({ ...options.target, method, path, headers });
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
      if (request.reusedSocket) return call.onPhase('asked');
      call.onPhase('connecting');
      const { connectTimeoutMs } = options;
      connectTimer = options.clock.setTimeout(() => fail(new ConnectTimeout(connectTimeoutMs)), connectTimeoutMs);
      socket.once(options.secure ? 'secureConnect' : 'connect', () => {
        clearConnectTimer();
        call.onPhase('asked');
      });
    });
    // Stays after the end: a destroyed request may still emit one, and an unheard one ends the process.
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The kept connection had been closed by the other side just before the request.
      const unread = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      fail(unread && method === 'GET' ? new NeverRead() : error);
    });
    request.once('response', (response) => {
      clearConnectTimer();
      call.onPhase('answering');
      receive(response, call, (error, whole) => {
        if (error) return fail(error);
        settle();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole });
      });
    });
    request.end(body);
  });
}

function receive(
  response: http.IncomingMessage,
  call: WireCall,
  done: (error: Error | null, body: Buffer) => void,
): void {
  const collector = new BodyCollector(call.maxBytes);
  if (!call.keepBody(response.headers, response.statusCode ?? 0)) collector.drop();
  response.on('data', (chunk: Buffer) => {
    call.onBytes(chunk.length);
    if (!collector.take(chunk)) done(new BodyError('too-large'), Buffer.alloc(0));
  });
  response.once('end', () => done(null, collector.body));
  // Emitted where the connection ends before the body does.
  response.on('error', (error) => done(error, Buffer.alloc(0)));
}
