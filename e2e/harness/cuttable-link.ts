import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { JoinedSockets } from '@/e2e/world/joined-sockets';

/** A way to a server that can be cut: connections stay open, new ones are taken, and nothing passes. */
export class CuttableLink {
  readonly #joined = new JoinedSockets();

  private constructor(private readonly server: Server) {}

  /** @param address `http://host:port` of what stands behind it */
  static async open(address: string): Promise<CuttableLink> {
    const server = createServer();
    const link = new CuttableLink(server);
    const { hostname, port } = new URL(address);
    server.on('connection', (near) => link.#joined.join(near, connect(Number(port), hostname)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  cut(): void {
    this.#joined.hold();
  }

  /** All passes again; connections of before are gone. */
  mend(): void {
    this.#joined.renew();
  }

  async close(): Promise<void> {
    this.#joined.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
