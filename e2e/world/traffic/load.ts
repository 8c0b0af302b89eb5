import { Agent, get } from 'node:http';

export interface LoadOptions {
  port: number;
  path?: string;
  headers?: Record<string, string>;
  ratePerSecond: number;
  /** Requests under way at once; what would be more is not sent, and counted as skipped. */
  mostInFlight?: number;
  /** It ends by itself after that long. */
  durationMs: number;
  /** Told of each answer of an instance. */
  onAnswer?: (version: string) => void;
}

/** What has become of the requests so far. */
export interface LoadCounts {
  /** Answered by an instance of that version, errors of its own included. */
  byVersion: Readonly<Record<string, number>>;
  /** Of these: 5xx that the instance itself answered. */
  errorsByVersion: Readonly<Record<string, number>>;
  /** Answered by no instance: the connection failed, or the proxy had nobody to ask. */
  failed: number;
  /** The last reasons why. */
  failures: readonly string[];
  /** Not sent, since too many were under way. */
  skipped: number;
}

const TICK_MS = 10;
const REQUEST_TIMEOUT_MS = 10_000;
const FAILURES_KEPT = 20;

/** An even stream of requests to a port on loopback, over kept connections; bounded in rate, in number at once and in time. */
export class Load {
  readonly #options: Required<LoadOptions>;
  readonly #agent: Agent;
  readonly #byVersion = new Map<string, number>();
  readonly #errorsByVersion = new Map<string, number>();
  readonly #failures: string[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #startedAtMs = performance.now();
  #failed = 0;
  #skipped = 0;
  #due = 0;
  #inFlight = 0;
  #idle: () => void = () => undefined;

  constructor(options: LoadOptions) {
    this.#options = { path: '/', headers: {}, mostInFlight: 64, onAnswer: () => undefined, ...options };
    this.#agent = new Agent({ keepAlive: true, maxSockets: this.#options.mostInFlight });
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  counts(): LoadCounts {
    return {
      byVersion: Object.fromEntries(this.#byVersion),
      errorsByVersion: Object.fromEntries(this.#errorsByVersion),
      failed: this.#failed,
      failures: [...this.#failures],
      skipped: this.#skipped,
    };
  }

  /** Sends nothing more, and resolves when all that is under way is answered. Can be called twice. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#inFlight > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    this.#agent.destroy();
  }

  #tick(): void {
    const { ratePerSecond, durationMs, mostInFlight } = this.#options;
    const elapsedMs = performance.now() - this.#startedAtMs;
    if (elapsedMs >= durationMs) clearInterval(this.#timer);
    const due = Math.floor((Math.min(elapsedMs, durationMs) * ratePerSecond) / 1_000);
    for (; this.#due < due; this.#due += 1) {
      if (this.#inFlight < mostInFlight) this.#send();
      else this.#skipped += 1;
    }
  }

  #send(): void {
    const { port, path, headers, onAnswer } = this.#options;
    this.#inFlight += 1;
    const request = get({ host: '127.0.0.1', port, path, headers, agent: this.#agent, timeout: REQUEST_TIMEOUT_MS });
    let failure: string | null = null;
    request.once('timeout', () => request.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MS} ms`)));
    request.once('response', (response) => {
      const header = response.headers['x-version'];
      if (typeof header === 'string') {
        const version = decodeURIComponent(header);
        add(this.#byVersion, version);
        if ((response.statusCode ?? 0) >= 500) add(this.#errorsByVersion, version);
        onAnswer(version);
      } else {
        failure = `answered ${response.statusCode} by no instance`;
      }
      response.once('error', () => undefined);
      response.resume();
    });
    request.once('error', (error) => {
      failure = error.message;
    });
    request.once('close', () => {
      this.#inFlight -= 1;
      if (failure !== null) this.#fail(failure);
      if (this.#inFlight === 0) this.#idle();
    });
  }

  #fail(reason: string): void {
    this.#failed += 1;
    this.#failures.push(`${new Date().toISOString()} ${reason}`);
    if (this.#failures.length > FAILURES_KEPT) this.#failures.shift();
  }
}

/** Answers by version between two counts. */
export function answeredBetween(before: LoadCounts, after: LoadCounts): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after.byVersion).map(([version, count]) => [version, count - (before.byVersion[version] ?? 0)]),
  );
}

function add(counts: Map<string, number>, version: string): void {
  counts.set(version, (counts.get(version) ?? 0) + 1);
}
