import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { ConsulEndpoint } from './address';
import type { TlsFiles } from './tls-files';

/** One keep-alive pool of Node's own client to one Consul agent. `tlsFiles` is null for an endpoint without TLS. */
export function connectionPool(
  endpoint: ConsulEndpoint,
  tlsFiles: TlsFiles | null,
  maxConnections: number,
): http.Agent {
  const options: http.AgentOptions = {
    keepAlive: true,
    // The pool's host wins over a request's: the consul package would look an IPv6 address up with its brackets.
    ...(endpoint.socketPath === null && { host: endpoint.host }),
    maxSockets: maxConnections,
    maxFreeSockets: maxConnections,
    // The connection used last is the least likely to have been closed by the other side meanwhile.
    scheduling: 'lifo',
  };
  return tlsFiles ? new TlsPool(options, tlsFiles) : new http.Agent(options);
}

/** Each new connection is made by the certificates as they are then. */
class TlsPool extends https.Agent {
  readonly #files: TlsFiles;

  constructor(options: http.AgentOptions, files: TlsFiles) {
    // A resumed session would be trusted by the authorities of its first handshake.
    super({ ...options, maxCachedSessions: 0 });
    this.#files = files;
  }

  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    const tls = { ...this.#files.current(), ALPNProtocols: ['http/1.1'] };
    return super.createConnection({ ...options, ...tls }, callback);
  }
}
