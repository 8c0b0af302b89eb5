import net from 'node:net';
import tls from 'node:tls';
import type { ConsulEndpoint } from './address';
import type { TlsFiles } from './tls-files';

/** Who uses a connection at the moment. */
export interface ConnectionUser {
  onConnected(): void;
  /** Some bytes; they are the user's only until it returns. */
  onBytes(bytes: Buffer): void;
  /** The other side will send no more. */
  onEnd(): void;
  /** Node's error. */
  onError(error: Error): void;
}

/** Between two requests of the kept connection, ms: the other side may have gone without a word. */
const PROBE_AFTER_MS = 1_000;
/**
 * All connections are read into one buffer, for Node hands over what it has read before it reads again. Of their own, a thousand that wake now and then would allocate 64 KB for each
 * answer, and most answers are without news and dropped.
 */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/** One connection to an agent, for one request after the other. */
export class Http1Connection {
  #user: ConnectionUser | null = null;
  #connected = false;
  #carried = 0;
  readonly #socket: net.Socket;

  /** @param onGone told once, when it can carry nothing more */
  constructor(
    endpoint: ConsulEndpoint,
    tlsFiles: TlsFiles | null,
    private readonly onGone: (connection: Http1Connection) => void,
  ) {
    this.#socket = connect(endpoint, tlsFiles, (bytes) => {
      // Nobody asked: what stands there cannot be trusted with the next request.
      if (this.#user === null) this.destroy();
      else this.#user.onBytes(bytes);
    });
    this.#socket.once(tlsFiles ? 'secureConnect' : 'connect', () => {
      this.#connected = true;
      this.#user?.onConnected();
    });
    this.#socket.once('end', () => this.#ended((user) => user.onEnd()));
    this.#socket.once('close', () => this.#ended((user) => user.onEnd()));
    // Stays: a destroyed socket may still emit one, and an unheard one ends the process.
    this.#socket.on('error', (error) => this.#ended((user) => user.onError(error)));
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** It has carried a request before the present one. */
  get reused(): boolean {
    return this.#carried > 1;
  }

  /** Whether all that was written is known to be on its way. Over TLS that is told late, and often after the answer. */
  get sent(): boolean {
    return this.#socket.writableLength === 0;
  }

  lend(user: ConnectionUser): void {
    this.#user = user;
    this.#carried += 1;
  }

  free(): void {
    this.#user = null;
  }

  /** @param head a character a byte */
  send(head: string, body: string | undefined): void {
    if (body === undefined) {
      this.#socket.write(head, 'latin1');
      return;
    }
    this.#socket.cork();
    this.#socket.write(head, 'latin1');
    this.#socket.write(body, 'utf8');
    this.#socket.uncork();
  }

  /** Nobody hears of it any more, but for `onGone`. */
  destroy(): void {
    this.#user = null;
    this.#socket.destroy();
    this.onGone(this);
  }

  #ended(tell: (user: ConnectionUser) => void): void {
    const user = this.#user;
    this.destroy();
    if (user) tell(user);
  }
}

function connect(
  { host, port, socketPath }: ConsulEndpoint,
  tlsFiles: TlsFiles | null,
  onBytes: (bytes: Buffer) => void,
): net.Socket {
  const options = {
    ...{ noDelay: true, keepAlive: true, keepAliveInitialDelay: PROBE_AFTER_MS },
    onread: {
      buffer: shared,
      callback: (count: number) => {
        onBytes(shared.subarray(0, count));
        return true;
      },
    },
  };
  if (tlsFiles === null)
    return net.connect({ ...options, ...(socketPath === null ? { host, port } : { path: socketPath }) });
  return tls.connect({
    ...options,
    ...{ host, port },
    // Not set by itself: many peers choose the certificate by it.
    ...(net.isIP(host) === 0 && { servername: host }),
    // The certificates as they are now. No session is resumed, which would be trusted by the authorities of its first handshake.
    ...tlsFiles.current(),
    ALPNProtocols: ['http/1.1'],
  } as tls.ConnectionOptions);
}
