import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ShopReply, ShopRequest } from './shop-messages';

interface Waiter {
  resolve(): void;
  reject(reason: Error): void;
}

/** The world's end of a shop server's process. */
export class ShopProcess {
  readonly #child: ChildProcess;
  readonly #waiters = new Map<number, Waiter>();
  readonly #ended: Promise<void>;
  #lastId = 0;

  constructor() {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    this.#child = fork(fileURLToPath(new URL('./shop-server.ts', import.meta.url)), {
      execArgv: ['--import', loader],
      // Like the supervisor: a Ctrl-C in the terminal is for the program that uses the world.
      detached: true,
    });
    this.#child.on('message', (message) => this.#hear(message as ShopReply));
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => {
        for (const waiter of this.#waiters.values()) waiter.reject(new Error("The shop's process has ended."));
        this.#waiters.clear();
        resolve();
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when it is done; rejects with the server's reason. */
  ask(request: ShopRequest): Promise<void> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiters.set(id, { resolve, reject });
      this.#child.send({ ...request, id }, (error) => {
        if (error !== null) this.#settle(id, error);
      });
    });
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #hear(reply: ShopReply): void {
    this.#settle(reply.id, reply.error === null ? null : new Error(`The shop's server refused: ${reply.error}.`));
  }

  #settle(id: number, failure: Error | null): void {
    const waiter = this.#waiters.get(id);
    this.#waiters.delete(id);
    if (failure === null) waiter?.resolve();
    else waiter?.reject(failure);
  }
}
