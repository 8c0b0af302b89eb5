import { blockingRequest, LONG_WAIT_MS, plainRequest, SAFE_WAIT_MS } from './blocking-query';
import type { Clock } from './clock';
import { Pause } from './pause';
import type { ConsulAnswer, ConsulTransport } from './transport';

/** A wait that stood for so long stood longer than a safe one can: Consul adds up to a sixteenth, a busy machine some more. */
const BEYOND_SAFE_MS = SAFE_WAIT_MS + SAFE_WAIT_MS / 16 + 2_000;
const GRACE_MS = 10_000;
/** There was news: the next may be left alone. */
const AFTER_NEWS_MS = 1_000;
const AFTER_FAILURE_MS = 60_000;
/** Something cuts long answers; it may be replaced one day. */
const AFTER_CUT_MS = 3_600_000;

type Outcome = 'stood' | 'news' | 'failed' | 'cut';

export interface LongWaitsOptions {
  readonly transport: ConsulTransport;
  readonly clock: Clock;
  /** What to wait for; null: there is nothing yet. */
  question(): { readonly path: string; readonly query: Readonly<Record<string, string>> } | null;
  /** Waits may be longer now, or no longer. */
  onChange(): void;
}

/**
 * How long a wait may stand at one Consul address. A release of Consul cuts an answer after 30 s, as many a proxy before it does, and which one stands there is not
 * known: so one wait of its own, on which nothing hangs, tries it out, and as soon as any longer one is cut all are short again. Twice as long, a thousand waits that
 * end without news cost Consul and Lictor half as much.
 */
export class LongWaits {
  readonly #end = new AbortController();
  readonly #pause: Pause;
  #isProven = false;
  #isTrying = false;

  constructor(private readonly options: LongWaitsOptions) {
    this.#pause = new Pause(options.clock);
  }

  get waitMs(): number {
    return this.#isProven ? LONG_WAIT_MS : SAFE_WAIT_MS;
  }

  /** Waiting queries that it holds. */
  get waits(): number {
    return Number(this.#isTrying);
  }

  /** Tries it out, and whenever it no longer holds anew. */
  start(): void {
    if (!this.#isTrying && !this.#isProven) void this.#try();
  }

  stop(): void {
    this.#end.abort();
    this.#pause.end();
  }

  /** A wait failed after it had stood for so long. */
  failed(stoodMs: number): void {
    if (!this.#isProven || stoodMs < BEYOND_SAFE_MS || this.#end.signal.aborted) return;
    this.#isProven = false;
    this.options.onChange();
    this.start();
  }

  async #try(): Promise<void> {
    this.#isTrying = true;
    while (!this.#end.signal.aborted && !this.#isProven) {
      const outcome = await this.#wait();
      if (this.#end.signal.aborted) return;
      if (outcome === 'stood') this.#isProven = true;
      else await this.#pause.sleep(pauseAfter(outcome));
    }
    this.#isTrying = false;
    if (this.#isProven) this.options.onChange();
  }

  async #wait(): Promise<Outcome> {
    const { transport, clock } = this.options;
    const question = this.options.question();
    if (question === null) return 'failed';
    const asked = { ...question, signal: this.#end.signal };
    let askedAtMs = clock.now();
    const stoodMs = () => clock.now() - askedAtMs;
    const failed = () => (stoodMs() < BEYOND_SAFE_MS ? 'failed' : 'cut');
    try {
      const { index } = assertGood(await transport.request(plainRequest({ ...asked, waitIndex: 0 })));
      askedAtMs = clock.now();
      const wait = { waitIndex: Math.max(1, index ?? 1), waitMs: LONG_WAIT_MS, graceMs: GRACE_MS };
      assertGood(await transport.request(blockingRequest({ ...asked, ...wait })));
      return stoodMs() < LONG_WAIT_MS ? 'news' : 'stood';
    } catch {
      // What fails here tells how long a wait may be, and nothing else: those on which something hangs tell their own troubles.
      return failed();
    }
  }
}

function assertGood(answer: ConsulAnswer): ConsulAnswer {
  if (answer.status !== 200) throw new Error(`Status ${answer.status}.`);
  return answer;
}

function pauseAfter(outcome: Exclude<Outcome, 'stood'>): number {
  switch (outcome) {
    case 'news':
      return AFTER_NEWS_MS;
    case 'failed':
      return AFTER_FAILURE_MS;
    case 'cut':
      return AFTER_CUT_MS;
  }
}
