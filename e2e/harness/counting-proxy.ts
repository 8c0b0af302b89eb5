import net, { type AddressInfo, type Server, type Socket } from 'node:net';

/** At the end of a line: what a connection carries next follows the body before it without a break. */
const REQUEST_LINE = /(GET|PUT|POST|DELETE) (\S+) HTTP\/1\.1$/;

/**
 * Passes bytes between Lictor and a real Consul untouched, and counts what it sees: the connections open at once, and each request line.
 * Bodies of requests are JSON on one line, so that none of them reads as a request, nor ends a line.
 */
export class CountingProxy {
  readonly #server: Server;
  readonly #requests: string[] = [];
  readonly #open = new Set<Socket>();
  #mostOpen = 0;

  private constructor(port: number) {
    this.#server = net.createServer((near) => {
      this.#open.add(near);
      this.#mostOpen = Math.max(this.#mostOpen, this.#open.size);
      const far = net.connect(port, '127.0.0.1');
      let rest = '';
      near.on('data', (bytes: Buffer) => {
        const lines = (rest + bytes.toString('latin1')).split('\r\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.#note(line);
      });
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
      far.once('close', () => near.destroy());
      near.once('close', () => {
        far.destroy();
        this.#open.delete(near);
      });
    });
  }

  /** @param consulAddress such as `http://127.0.0.1:8500` */
  static async open(consulAddress: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(Number(new URL(consulAddress).port));
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The most connections that were ever open at once. */
  get mostConnections(): number {
    return this.#mostOpen;
  }

  /** Every request so far, as `GET /v1/…?query`. */
  get requests(): readonly string[] {
    return this.#requests;
  }

  /** Cuts what is open. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#open) socket.destroy();
    });
  }

  #note(line: string): void {
    const [, method, target] = REQUEST_LINE.exec(line) ?? [];
    if (method && target) this.#requests.push(`${method} ${target}`);
  }
}
