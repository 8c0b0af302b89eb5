import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, createServer, type Server } from 'node:net';
import { JoinedSockets } from './joined-sockets';

/** Under which a datacenter is known to the others: an address of the loopback network that no agent listens on. */
export const wanAddressOf = (datacenter: number): string => `127.0.0.${datacenter + 2}`;

/**
 * What stands between the datacenters of a world and can be cut. Each server is known to the other datacenters by an address at which only this
 * listens; it passes on their gossip and their calls for as long as it is whole.
 */
export class Wan {
  readonly #servers: Server[] = [];
  readonly #joined = new JoinedSockets();
  readonly #udp = new Set<UdpSocket>();
  #cut = false;

  /** Passes on what comes to `address:port`, by TCP, to 127.0.0.1. */
  async carryTcp(address: string, port: number): Promise<void> {
    const server = createServer((near) => this.#joined.join(near, connect(port, '127.0.0.1')));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    this.#servers.push(server);
  }

  /** The same by UDP; an answer goes back to whoever sent the question. */
  async carryUdp(address: string, port: number): Promise<void> {
    const near = await this.#bound(address, port);
    const farOf = new Map<string, Promise<UdpSocket>>();
    near.on('message', async (packet, from) => {
      if (this.#cut) return;
      const sender = `${from.address}:${from.port}`;
      const far = farOf.get(sender) ?? this.#bound('127.0.0.1', 0);
      if (!farOf.has(sender)) {
        farOf.set(sender, far);
        (await far).on('message', (answer) => {
          if (!this.#cut) near.send(answer, from.port, from.address);
        });
      }
      (await far).send(packet, port, '127.0.0.1');
    });
  }

  /** From now on nothing passes, and nobody is told: packets are lost. */
  cut(): void {
    this.#cut = true;
    this.#joined.hold();
  }

  /** All passes again; what was held by a connection is gone with it. */
  mend(): void {
    this.#cut = false;
    this.#joined.renew();
  }

  async close(): Promise<void> {
    this.#joined.destroy();
    for (const socket of this.#udp) socket.close();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  async #bound(address: string, port: number): Promise<UdpSocket> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, address, resolve);
    });
    this.#udp.add(socket);
    return socket;
  }
}
