import type { EventEmitter } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { ConsulEndpoint } from './address';
import type { Clock } from './clock';
import { NoHttp2 } from './http2-failure';
import type { TlsFiles } from './tls-files';
import { ConnectTimeout } from './wire';

export interface Http2ConnectOptions {
  readonly endpoint: ConsulEndpoint;
  readonly tlsFiles: TlsFiles;
  /** For the connection, the handshake and the peer's settings together. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
}

/** A session, and the socket below it, which the session does not let one close. */
export interface Http2Link {
  readonly session: http2.ClientHttp2Session;
  readonly socket: Duplex;
}

/** Node's windows of 64 KB would let a far Consul send no faster than one of them a round trip. */
const STREAM_WINDOW_BYTES = 1024 * 1024;
const SESSION_WINDOW_BYTES = 16 * STREAM_WINDOW_BYTES;
/** Node's 10 MB would reset streams while hundreds of large bodies come at once; each body has a cap of its own. */
const SESSION_MEMORY_MB = 256;

/**
 * A new HTTP/2 session over TLS, once its peer has sent its settings: only then is it known that the peer accepts our certificate, and how
 * many streams it takes. Rejects with Node's error, a `ConnectTimeout`, the signal's reason, or `NoHttp2` where the peer chose another
 * protocol in the handshake.
 */
export async function http2Connect(options: Http2ConnectOptions, signal: AbortSignal): Promise<Http2Link> {
  const { connectTimeoutMs, clock } = options;
  const limit = new AbortController();
  const abort = () => limit.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const timer = clock.setTimeout(() => limit.abort(new ConnectTimeout(connectTimeoutMs)), connectTimeoutMs);
  try {
    const socket = await agreedSocket(options, limit.signal);
    return await http2Session(socket, limit.signal);
  } finally {
    clock.clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

async function agreedSocket({ endpoint, tlsFiles }: Http2ConnectOptions, limit: AbortSignal): Promise<tls.TLSSocket> {
  limit.throwIfAborted();
  const { host, port } = endpoint;
  const connection: tls.ConnectionOptions = {
    host,
    port,
    // Not set by itself: many peers choose the certificate by it.
    ...(net.isIP(host) === 0 && { servername: host }),
    ...tlsFiles.current(),
    ALPNProtocols: ['h2', 'http/1.1'],
  };
  const socket = tls.connect(connection);
  await awaited(socket, 'secureConnect', limit).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  socket.setNoDelay(true);
  if (socket.alpnProtocol === 'h2') return socket;
  socket.destroy();
  throw new NoHttp2();
}

/** A session on a connected socket, once the peer has sent its settings. */
export async function http2Session(socket: Duplex, limit: AbortSignal): Promise<Http2Link> {
  const session = http2.connect('https://consul', {
    createConnection: () => socket,
    maxSessionMemory: SESSION_MEMORY_MB,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES },
  });
  // The socket as well: that a client certificate is missing or refused is said by TLS, and after its handshake.
  await awaited(session, 'remoteSettings', limit, socket).catch((error: unknown) => {
    session.destroy();
    socket.destroy();
    throw error;
  });
  // What TLS says against the peer, or the peer by TLS, reaches the socket alone, and leaves both open.
  socket.on('error', (error) => {
    session.destroy(error);
    socket.destroy();
  });
  session.setLocalWindowSize(SESSION_WINDOW_BYTES);
  return { session, socket };
}

/**
 * Resolves with the event; rejects with an error before it (also of what lies below the emitter), with an end before it as a reset, or
 * with the limit's reason.
 */
function awaited(emitter: EventEmitter, event: string, limit: AbortSignal, below?: EventEmitter): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      emitter.off(event, onEvent).off('close', onClose);
      limit.removeEventListener('abort', onLimit);
    };
    const onEvent = () => {
      settle();
      resolve();
    };
    const onError = (error: unknown) => {
      settle();
      reject(error);
    };
    const onClose = () => onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const onLimit = () => onError(limit.reason);
    emitter.once(event, onEvent).once('close', onClose);
    below?.once('error', onError);
    // Stays: what is destroyed may still emit one, and an unheard one ends the process.
    emitter.on('error', onError);
    limit.addEventListener('abort', onLimit, { once: true });
    if (limit.aborted) onLimit();
  });
}
