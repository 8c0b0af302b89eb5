import { createServer, type Server } from 'node:net';

/** Below the range from which Linux gives ports to outgoing connections (32768 and up), which could take one between a stop and a start. */
const FIRST_PORT = 10_240;
const LAST_PORT = 32_255;
const BLOCK_SIZE = 512;
const BLOCKS = Math.floor((LAST_PORT - FIRST_PORT) / BLOCK_SIZE);

/**
 * Free ports on 127.0.0.1, in blocks whose first port is held open as long as the pool lives. Two worlds on one machine thus never share a block:
 * asking the system for any free port and closing it again would let another process take it before the agent opens it, or while it is down.
 */
export class PortPool {
  readonly #guards: Server[] = [];
  #next = 0;
  #end = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /** The next free port. Throws when the whole range is in use. */
  take(): Promise<number> {
    const taken = this.#queue.then(() => this.#takeNext());
    this.#queue = taken.catch(() => undefined);
    return taken;
  }

  /** Gives every block back. */
  async release(): Promise<void> {
    await Promise.all(this.#guards.splice(0).map(closed));
    this.#next = this.#end;
  }

  async #takeNext(): Promise<number> {
    for (;;) {
      if (this.#next >= this.#end) await this.#openBlock();
      const port = this.#next++;
      const probe = await listening(port);
      if (probe === null) continue;
      await closed(probe);
      return port;
    }
  }

  async #openBlock(): Promise<void> {
    const start = Math.floor(Math.random() * BLOCKS);
    for (let step = 0; step < BLOCKS; step += 1) {
      const first = FIRST_PORT + ((start + step) % BLOCKS) * BLOCK_SIZE;
      const guard = await listening(first);
      if (guard === null) continue;
      guard.unref();
      this.#guards.push(guard);
      this.#next = first + 1;
      this.#end = first + BLOCK_SIZE;
      return;
    }
    throw new Error(
      `No block of free ports is left between ${FIRST_PORT} and ${LAST_PORT}: too many worlds run on this machine.`,
    );
  }
}

/** A listener on that port, or null where somebody else has it. */
function listening(port: number): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
