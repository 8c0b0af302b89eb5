import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const VERSION = { SHA: '', BuildDate: '2024-01-01T00:00:00Z', HumanVersion: '1.17.0+ent', FIPS: '' };

/**
 * Stands before a community edition as an Enterprise agent would: it tells such a version, takes `ns` and `partition`, remembers what it was asked, and passes the
 * request on without them.
 */
export class EnterpriseFront {
  readonly asked: URL[] = [];
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(private readonly upstream: string) {
    this.#server = createServer((incoming, outgoing) => this.#answer(incoming, outgoing));
  }

  static async open(consulAddress: string): Promise<EnterpriseFront> {
    const front = new EnterpriseFront(consulAddress);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#agent.destroy();
  }

  #answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const url = new URL(incoming.url ?? '/', this.upstream);
    this.asked.push(new URL(url));
    if (url.pathname === '/v1/agent/version') {
      outgoing.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(VERSION));
      return;
    }
    url.searchParams.delete('ns');
    url.searchParams.delete('partition');
    const { method, headers } = incoming;
    const asked = request(url, { method, headers, agent: this.#agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    asked.on('error', () => outgoing.destroy());
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) asked.destroy();
    });
    incoming.pipe(asked);
  }
}
