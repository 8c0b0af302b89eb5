import { createServer, connect as openSocket, type Socket } from 'node:net';

/** A way to Lictor that a test can break: what passes on it is whole, late, or cut off. */
export class FaultyNetwork {
  readonly #sockets = new Set<Socket>();
  #state: 'well' | 'frozen' | 'cut' = 'well';
  #port = 0;

  readonly #server = createServer((browser) => {
    if (this.#state === 'cut') {
      browser.resetAndDestroy();
      return;
    }
    const lictor = openSocket(this.lictorPort, '127.0.0.1');
    for (const [from, to] of [
      [browser, lictor],
      [lictor, browser],
    ] as const) {
      this.#sockets.add(from);
      from.pipe(to);
      // One side's end is the other's, whoever began; an error is one as well.
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#state === 'frozen') from.pause();
    }
  });

  constructor(private readonly lictorPort: number) {}

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address ? address.port : 0;
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Nothing passes any more, and nobody is told: a cable pulled out. */
  freeze(): void {
    this.#state = 'frozen';
    for (const socket of this.#sockets) socket.pause();
  }

  /** Every connection is reset, and every new one refused. */
  cut(): void {
    this.#state = 'cut';
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** All works again, and what was held back passes. */
  mend(): void {
    this.#state = 'well';
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
