import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another answer in the place of Consul's. */
interface OtherAnswer {
  readonly status: number;
  readonly body: string;
}

/** What becomes of an answer: its body as another text, another answer, or one of the ways in which an answer goes wrong. */
export type Spoiling = 'html' | 'limited' | 'cut-short' | 'endless' | OtherAnswer | ((body: string) => string);

interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** As Consul 1.9 and later answer a client with too many connections. */
const LIMITED = 'Your IP is issuing too many concurrent connections, please rate limit your calls\n';
const ERROR_PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

/**
 * A reverse proxy before a real Consul that spoils the answers it is told to. It decides when Consul has answered, so a query that has waited
 * since before is spoiled too. A new one that is `limited` is answered at once, without asking Consul.
 */
export class SpoilingProxy {
  readonly #server: Server;
  readonly #upstream: URL;
  readonly #agent: Agent;
  readonly #rules = new Map<RegExp, Spoiling>();
  /** So long after it was asked it closes the connection of whatever has not been answered, as many a proxy does; null: never. */
  cutsAfterMs: number | null = null;
  #cut = 0;
  #spoiled = 0;
  #mostConnections = 0;
  #connections = 0;

  private constructor(consulAddress: string, maxConnections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: maxConnections });
    this.#upstream = new URL(consulAddress);
    this.#server = createServer((incoming, outgoing) => this.#forward(incoming, outgoing));
    this.#server.on('connection', (socket) => {
      this.#connections += 1;
      this.#mostConnections = Math.max(this.#mostConnections, this.#connections);
      socket.once('close', () => {
        this.#connections -= 1;
      });
    });
  }

  /** @param maxConnections to Consul, each kept once it is made */
  static async open(consulAddress: string, maxConnections = Number.POSITIVE_INFINITY): Promise<SpoilingProxy> {
    const proxy = new SpoilingProxy(consulAddress, maxConnections);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers spoiled so far. */
  get spoiled(): number {
    return this.#spoiled;
  }

  /** Requests cut off so far. */
  get cut(): number {
    return this.#cut;
  }

  /** The most connections that were ever open to it at once; one that the client has just closed may still be counted. */
  get mostConnections(): number {
    return this.#mostConnections;
  }

  /** Connections open to it now. */
  get connections(): number {
    return this.#connections;
  }

  /** Spoils every answer to a request whose path and query match, until `heal`. */
  spoil(target: RegExp, how: Spoiling): void {
    this.#rules.set(target, how);
  }

  heal(): void {
    this.#rules.clear();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#agent.destroy();
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { 'accept-encoding': _compressed, ...headers } = incoming.headers;
    const path = incoming.url ?? '/';
    if (this.#ruleFor(path) === 'limited') {
      this.#spoiled += 1;
      refuse(outgoing);
      return;
    }
    const asked = request(
      {
        host: this.#upstream.hostname,
        port: this.#upstream.port,
        path,
        method: incoming.method,
        headers,
        agent: this.#agent,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () => {
          const { 'content-length': _length, 'transfer-encoding': _chunked, ...kept } = answer.headers;
          const passed = Object.fromEntries(Object.entries(kept).filter((entry) => entry[1] !== undefined));
          this.#answer(path, outgoing, {
            status: answer.statusCode ?? 502,
            headers: passed as Answer['headers'],
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    asked.on('error', () => outgoing.destroy());
    const scissors = this.cutsAfterMs === null ? undefined : setTimeout(() => this.#end(outgoing), this.cutsAfterMs);
    outgoing.on('close', () => {
      clearTimeout(scissors);
      if (!outgoing.writableFinished) asked.destroy();
    });
    incoming.pipe(asked);
  }

  #end(outgoing: ServerResponse): void {
    this.#cut += 1;
    outgoing.destroy();
  }

  #ruleFor(path: string): Spoiling | undefined {
    return [...this.#rules].find(([target]) => target.test(path))?.[1];
  }

  #answer(path: string, outgoing: ServerResponse, answer: Answer): void {
    const how = this.#ruleFor(path);
    if (how !== undefined) this.#spoiled += 1;
    const { status, headers, body } = answer;
    if (how === 'limited') {
      refuse(outgoing);
    } else if (how === 'html') {
      outgoing.writeHead(200, { ...headers, 'content-type': 'text/html' });
      outgoing.end(ERROR_PAGE);
    } else if (how === 'cut-short') {
      outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) });
      outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
    } else if (how === 'endless') {
      outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) });
      outgoing.write(body.subarray(0, body.length / 2));
    } else if (typeof how === 'object') {
      outgoing.writeHead(how.status, { 'content-type': 'text/plain' }).end(how.body);
    } else {
      const whole = how === undefined ? body : Buffer.from(how(body.toString('utf8')));
      outgoing.writeHead(status, { ...headers, 'content-length': String(whole.length) });
      outgoing.end(whole);
    }
  }
}

function refuse(outgoing: ServerResponse): void {
  outgoing.writeHead(429, { 'content-type': 'text/plain' }).end(LIMITED);
}
