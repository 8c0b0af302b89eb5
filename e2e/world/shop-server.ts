// The process behind one datacenter's shop: a few real listeners for every instance, opened and closed as the world says over IPC. It ends with
// the world, whose end closes the channel.
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from './random';
import type { HealthAnswer, ListenerPlan, ShopMessage, ShopReply, ShopRequest } from './shop-messages';

class Instance {
  health: HealthAnswer;
  readonly #plan: ListenerPlan;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #random: () => number;

  constructor(plan: ListenerPlan, health: HealthAnswer) {
    this.#plan = plan;
    this.health = health;
    this.#random = seededRandom(plan.port);
  }

  async open(): Promise<void> {
    await this.#listen(
      createHttpServer((request, response) => void this.#answer(request, response)),
      this.#plan.healthPort,
    );
    if (this.#plan.protocol === 'tcp') {
      await this.#listen(
        createTcpServer((socket) => socket.resume()),
        this.#plan.port,
      );
    }
  }

  /** Closes the listeners and cuts what is connected, as the end of a process does. */
  async close(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    if (request.url === '/health') {
      response.statusCode = this.health.status;
      response.end(this.health.body);
      return;
    }
    const { service, version, id, node, profile } = this.#plan;
    response.setHeader('x-version', encodeURIComponent(version));
    const failed = this.#random() < profile.errorRatio;
    await wait(profile.leastMs + this.#random() * profile.spreadMs);
    response.statusCode = failed ? 500 : 200;
    response.end(`${service} ${version}, instance ${id} on ${node}\n`);
  }

  #listen(server: Server, port: number): Promise<void> {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      // A check that hangs up early is no failure of this server; `close` follows every `error`.
      socket.on('error', () => undefined);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  }
}

const instances = new Map<string, Instance>();

async function obey(request: ShopRequest): Promise<void> {
  if (request.kind === 'open') {
    const instance = new Instance(request.plan, request.health);
    await instance.open();
    instances.set(request.plan.key, instance);
    return;
  }
  const instance = instances.get(request.key);
  if (instance === undefined) throw new Error(`no listener stands for ${request.key}`);
  if (request.kind === 'answer') {
    instance.health = request.health;
    return;
  }
  instances.delete(request.key);
  await instance.close();
}

function reply(message: ShopReply): void {
  process.send?.(message);
}

process.on('message', (message: ShopMessage) => {
  obey(message).then(
    () => reply({ id: message.id, error: null }),
    (error: unknown) => reply({ id: message.id, error: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
