import { createServer, connect as openSocket } from 'node:net';
import { JoinedSockets } from '@/e2e/world/joined-sockets';

/** A way to Lictor that a test can break: what passes on it is whole, late, or cut off. */
export class FaultyNetwork {
  readonly #joined = new JoinedSockets();
  #isCut = false;
  #port = 0;

  readonly #server = createServer((browser) => {
    if (this.#isCut) browser.resetAndDestroy();
    else this.#joined.join(browser, openSocket(this.lictorPort, '127.0.0.1'));
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
    this.#joined.hold();
  }

  /** Every connection is reset, and every new one refused. */
  cut(): void {
    this.#isCut = true;
    this.#joined.reset();
  }

  /** All works again, and what was held back passes. */
  mend(): void {
    this.#isCut = false;
    this.#joined.release();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#joined.destroy();
    await closed;
  }
}
