import { connect, type Socket } from 'node:net';

/** Connections that another program on this machine holds to a Consul, and does nothing with: they count for the limit of its clients. */
export class HoggedConnections {
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly address: URL) {}

  /** Resolves once so many stand that Consul has not closed again. */
  static async hold(address: string, count: number): Promise<HoggedConnections> {
    const hogged = new HoggedConnections(new URL(address));
    await Promise.all(Array.from({ length: count }, () => hogged.#open()));
    return hogged;
  }

  /** How many still stand. */
  get count(): number {
    return this.#sockets.size;
  }

  release(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(this.address.port), this.address.hostname, () => {
        this.#sockets.add(socket);
        resolve();
      });
      socket.once('error', reject);
      socket.once('close', () => this.#sockets.delete(socket));
      // Without a reader its end would never be seen.
      socket.resume();
    });
  }
}
