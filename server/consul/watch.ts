import { blockingRequest, LONG_WAIT_MS, plainRequest } from './blocking-query';
import type { Timer } from './clock';
import { ConsulError } from './consul-error';
import { Pause } from './pause';
import { assertStatus } from './read';
import { TokenBucket } from './token-bucket';
import type { ConsulAnswer } from './transport';
import type { Turnstile } from './turnstile';
import type { Watch, WatchOptions, WatchState } from './watch-options';
import {
  afterAnswer,
  afterFailure,
  afterSilence,
  bringsNews,
  initialProgress,
  isMerged,
  type Progress,
  verdictOf,
} from './watch-state';

/** The first reads of others are waited for so long at most, ms: one of them may hang. */
const FIRST_READS_LIMIT_MS = 3_000;

/**
 * Holds one blocking query open and gives each change of what it reads, until it is stopped. The first request goes out at once.
 * @throws RangeError where `waitMs` is over 45 s.
 */
export function watch<Value>(options: WatchOptions<Value>): Watch {
  const loop = new WatchLoop(options);
  loop.start();
  return loop;
}

class WatchLoop<Value> implements Watch {
  readonly #options: WatchOptions<Value>;
  readonly #waitMs: () => number;
  readonly #downAfterMs: number;
  readonly #bucket: TokenBucket;
  readonly #pause: Pause;
  readonly #end = new AbortController();
  #progress: Progress;
  /** Ends the request that is under way; the same for one after the other, until it does. */
  #asking = new AbortController();
  #readsAgain = false;
  #silence: Timer | undefined;
  readonly #onSignal = () => this.stop();

  constructor(options: WatchOptions<Value>) {
    this.#options = options;
    const { waitMs = 20_000 } = options;
    this.#waitMs = typeof waitMs === 'number' ? () => waitMs : waitMs;
    if (this.#waitMs() > LONG_WAIT_MS)
      throw new RangeError(`A wait of ${this.#waitMs()} ms is over ${LONG_WAIT_MS} ms.`);
    this.#downAfterMs = options.downAfterMs ?? 15_000;
    this.#bucket = new TokenBucket(options.burst ?? 10, options.refillMs ?? 100);
    this.#pause = new Pause(options.clock);
    this.#progress = initialProgress(options.clock.now());
  }

  get state(): WatchState {
    return this.#progress.state;
  }
  get sinceMs(): number {
    return this.#progress.sinceMs;
  }
  get reason(): string | null {
    return this.#progress.reason;
  }
  get index(): number | null {
    return this.#progress.index;
  }
  get wakes(): number {
    return this.#progress.given;
  }

  start(): void {
    const { signal } = this.#options;
    if (signal?.aborted) this.stop();
    else signal?.addEventListener('abort', this.#onSignal, { once: true });
    void this.#run();
  }

  retryNow(): void {
    this.#pause.end();
  }

  readAgain(): void {
    this.#readsAgain = true;
    this.#asking.abort();
    this.#pause.end();
  }

  stop(): void {
    this.#end.abort();
    this.#asking.abort();
    this.#options.signal?.removeEventListener('abort', this.#onSignal);
    this.#endSilence();
    this.#pause.end();
  }

  get #stopped(): boolean {
    return this.#end.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const dueMs = this.#readsAgain ? 0 : this.#progress.pauseMs;
      const pauseMs = Math.max(dueMs, this.#bucket.take(this.#options.clock.now()));
      if (pauseMs > 0) {
        this.#progress = { ...this.#progress, gap: true };
        await this.#pause.sleep(pauseMs);
      }
      if (this.#readsAgain) this.#progress = { ...this.#progress, waitIndex: 0, gap: true };
      this.#readsAgain = false;
      if (!this.#stopped) await this.#ask();
    }
  }

  async #ask(): Promise<void> {
    const { clock, transport, path, query, graceMs = 10_000, acceptStatuses, firstReads } = this.#options;
    const { waitIndex } = this.#progress;
    if (this.#asking.signal.aborted) this.#asking = new AbortController();
    const { signal } = this.#asking;
    let leave: (() => void) | undefined;
    let askedAtMs = clock.now();
    try {
      if (firstReads && waitIndex === 0) leave = await firstReads.enter(signal);
      else if (firstReads && !firstReads.isEmpty) await this.#afterFirstReads(firstReads);
      askedAtMs = clock.now();
      const question = { path, query, waitIndex, waitMs: this.#waitMs(), graceMs, signal };
      const pollMs = this.#options.pollMs?.() ?? null;
      const answer = await transport.request(pollMs === null ? blockingRequest(question) : plainRequest(question));
      if (this.#stopped || this.#readsAgain) return;
      assertStatus(answer, acceptStatuses);
      this.#give(answer);
      if (this.#stopped) return;
      const { index, lastContactMs, receivedAtMs: atMs } = answer;
      const facts = { askedAtMs, atMs, index, lastContactMs };
      const next = afterAnswer(this.#progress, facts, this.#options.maxLastContactMs ?? 10_000);
      this.#enter({ ...next, pauseMs: Math.max(next.pauseMs, pollMs ?? 0) });
    } catch (error) {
      // What is read again at once did not fail.
      if (this.#stopped || this.#readsAgain) return;
      this.#fail(error, waitIndex === 0 ? 0 : clock.now() - askedAtMs);
    } finally {
      leave?.();
    }
  }

  /** What changes before the wait goes out is answered at once then: it asks for what came after its index. */
  async #afterFirstReads(firstReads: Turnstile): Promise<void> {
    await Promise.race([firstReads.emptied(), this.#pause.sleep(FIRST_READS_LIMIT_MS)]);
    this.#pause.end();
  }

  #give(answer: ConsulAnswer): void {
    const { decode, onContact, onChange } = this.#options;
    const before = this.#progress;
    const verdict = verdictOf(before.waitIndex, answer.index);
    if (!bringsNews(verdict)) {
      onContact?.(answer);
      return;
    }
    // Decoded before it counts as a sign of life: a proxy's error page is none of Consul's.
    const value = decode(answer);
    onContact?.(answer);
    if (this.#stopped) return;
    const { index, receivedAtMs: atMs } = answer;
    onChange({ value, answer, index, previousIndex: before.index, atMs, merged: isMerged(before, verdict) });
  }

  /** Also what a handler threw comes here: its change is not lost, because the next read is from 0 and gives it again. */
  #fail(thrown: unknown, stoodMs: number): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const denied = error instanceof ConsulError && error.denied;
    const reason =
      error instanceof ConsulError
        ? error.sentence
        : `What Consul said of ${this.#options.path} could not be taken in (${error.message}); Lictor reads it again.`;
    const { clock, random, onError } = this.#options;
    const facts = { atMs: clock.now(), denied, reason };
    onError(error, stoodMs);
    if (this.#stopped) return;
    this.#enter(afterFailure(this.#progress, facts, this.#downAfterMs, random()));
  }

  #enter(progress: Progress): void {
    const before = this.#progress;
    this.#progress = progress;
    this.#watchSilence();
    if (before.state === progress.state && before.reason === progress.reason) return;
    try {
      this.#options.onState?.(progress.state, progress.reason);
    } catch (error) {
      this.#options.onError(error instanceof Error ? error : new Error(String(error)), 0);
    }
  }

  /** Failures may come far apart: that a watch is down is said when it is so, not at the next failure. */
  #watchSilence(): void {
    this.#endSilence();
    const { state, lastAnswerAtMs, failures } = this.#progress;
    if (this.#stopped || state !== 'stale' || failures === 0 || lastAnswerAtMs === null) return;
    const { clock } = this.#options;
    const leftMs = Math.max(0, lastAnswerAtMs + this.#downAfterMs - clock.now());
    this.#silence = clock.setTimeout(() => this.#enter(afterSilence(this.#progress, clock.now())), leftMs);
  }

  #endSilence(): void {
    if (this.#silence) this.#options.clock.clearTimeout(this.#silence);
    this.#silence = undefined;
  }
}
