import { backoffMs } from './backoff';
import { Http2Failure } from './http2-failure';
import { Http2Sessions, type Http2SessionsOptions } from './http2-sessions';
import { Pause } from './pause';
import { NeverRead, type Wire, type WireAnswer, type WireCall, type WireCapacity } from './wire';

/** How often a request that was never read is sent at most. */
const ATTEMPTS = 4;

/** HTTP/2: streams of few sessions. */
export class Http2Wire implements Wire {
  readonly protocol = 'h2';
  readonly #options: Http2SessionsOptions;
  readonly #sessions: Http2Sessions;

  constructor(options: Http2SessionsOptions) {
    this.#options = options;
    this.#sessions = new Http2Sessions(options);
  }

  get openConnections(): number {
    return this.#sessions.size;
  }

  /** How much a session carries, the peer says; before the first one, as much as a connection without streams. */
  get capacity(): WireCapacity {
    const { total, waiting } = this.#sessions.perSession ?? { total: 1, waiting: 1 };
    const sessions = this.#options.maxSessions();
    return { total: sessions * total, waiting: sessions * waiting };
  }

  /** What the peer never read is sent again: at once where the session was leaving, later the more often it is refused. */
  async exchange(call: WireCall, signal: AbortSignal): Promise<WireAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sessions.exchange(call, signal);
      } catch (error) {
        if (!(error instanceof NeverRead)) throw error;
        if (attempt === ATTEMPTS) throw new Http2Failure('REFUSED_STREAM');
      }
      if (attempt > 1) await this.#pause(backoffMs(attempt - 1, this.#options.random()), signal);
    }
  }

  close(): void {
    this.#sessions.close();
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const pause = new Pause(this.#options.clock);
    const end = () => pause.end();
    signal.addEventListener('abort', end, { once: true });
    await pause.sleep(ms);
    signal.removeEventListener('abort', end);
    signal.throwIfAborted();
  }
}
