import type { ConsulEndpoint } from './address';
import { Http1Connection } from './http1-connection';
import type { TlsFiles } from './tls-files';

/** Connections to one agent, kept between requests. */
export class Http1Pool {
  readonly #all = new Set<Http1Connection>();
  /** The one that was used last at the end: it is the least likely to have been closed by the other side meanwhile. */
  readonly #free: Http1Connection[] = [];
  #most: number;

  /**
   * @param tlsFiles null for an endpoint without TLS
   * @param most so many are kept open
   */
  constructor(
    private readonly endpoint: ConsulEndpoint,
    private readonly tlsFiles: TlsFiles | null,
    most: number,
  ) {
    this.#most = most;
  }

  /** In use or kept. */
  get open(): number {
    return this.#all.size;
  }

  /** One that is free, or else a new one, which has yet to be made. */
  take(): Http1Connection {
    const kept = this.#free.pop();
    if (kept) return kept;
    const made = new Http1Connection(this.endpoint, this.tlsFiles, (gone) => this.#forget(gone));
    this.#all.add(made);
    return made;
  }

  /** It may carry another request. */
  giveBack(connection: Http1Connection): void {
    connection.free();
    if (this.#all.size > this.#most) connection.destroy();
    else this.#free.push(connection);
  }

  /** Keeps so many from now on: idle ones beyond that end at once, busy ones with their answers. */
  keep(most: number): void {
    this.#most = most;
    while (this.#all.size > most && this.#free.length > 0) this.#free[0]?.destroy();
  }

  close(): void {
    for (const connection of this.#all) connection.destroy();
  }

  #forget(connection: Http1Connection): void {
    if (!this.#all.delete(connection)) return;
    const at = this.#free.indexOf(connection);
    if (at !== -1) this.#free.splice(at, 1);
  }
}
