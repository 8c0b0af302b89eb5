import { setMaxListeners } from 'node:events';
import { backoffMs } from '@/server/consul/backoff';
import type { Timer } from '@/server/consul/clock';
import { decodeHealthService } from '@/server/consul/decode/health-service';
import { assertStatus } from '@/server/consul/read';
import { healthServicePath } from '@/server/consul/service-path';
import { readOddService } from './odd-service';
import type { ServiceAnswer } from './service-sighting';
import type { WatchContext } from './watch-context';

/** Single reads under way at once in one datacenter; they share the connections that are kept free of waits. */
const MAX_CONCURRENT_READS = 4;
/** As many as a bare reader of everything would take, until everything was read once. */
const MAX_CONCURRENT_FIRST_READS = 16;
/** A thousand reads of a sweep that all fail are made again so much more slowly: then it is Consul that cannot, or does not want to. */
const SWEEP_PATIENCE = 4;
const READ_TIMEOUT_MS = 10_000;

/**
 * Reads services one by one, each at most once at a time, in the order asked for. What is urgent goes before a sweep, and is answered by the leader: another
 * server may not know yet what has just been signalled. A read that fails is made again, ever more slowly, until it succeeds.
 */
export class ServiceReader {
  readonly #urgent = new Set<string>();
  readonly #swept = new Set<string>();
  readonly #underWay = new Set<string>();
  #sweepsUnderWay = 0;
  /** In a row, by name. */
  readonly #failures = new Map<string, number>();
  readonly #retries = new Map<string, { readonly timer: Timer; readonly enqueue: () => void }>();
  readonly #abort = new AbortController();

  constructor(
    private readonly context: WatchContext,
    private readonly onAnswer: (answer: ServiceAnswer) => void,
    private readonly onFailure: (name: string) => void,
    /** The index of what is known of a service, null where it has to be read in any case: a sweep does not take apart what it finds unchanged. */
    private readonly knownIndex: (name: string) => number | null,
    /** Not everything was read once. */
    private readonly isFirst: () => boolean,
  ) {
    // Each request listens to it; without this Node takes the eleventh for a leak.
    setMaxListeners(MAX_CONCURRENT_FIRST_READS * 2, this.#abort.signal);
  }

  /** Reads these before anything else. */
  hurry(names: Iterable<string>): void {
    if (this.#abort.signal.aborted) return;
    for (const name of names) {
      this.#dropRetry(name);
      this.#swept.delete(name);
      this.#urgent.add(name);
    }
    this.#pump();
  }

  /** Reads these when nothing is urgent. */
  sweep(names: Iterable<string>): void {
    for (const name of names) if (!this.#urgent.has(name) && !this.#retries.has(name)) this.#swept.add(name);
    this.#pump();
  }

  /** Reads it once more after so long. */
  again(name: string, pauseMs: number): void {
    this.#retryIn(pauseMs, name, () => this.hurry([name]));
  }

  /** Ends every pause at once. */
  retryNow(): void {
    for (const { enqueue } of [...this.#retries.values()]) enqueue();
  }

  /** Nothing is to be done for a service that is gone. */
  forget(name: string): void {
    this.#dropRetry(name);
    this.#failures.delete(name);
    this.#urgent.delete(name);
    this.#swept.delete(name);
  }

  /** A sweep has caught up. */
  get sweptAll(): boolean {
    return this.#swept.size === 0;
  }

  stop(): void {
    this.#abort.abort();
    this.#urgent.clear();
    this.#swept.clear();
    for (const name of [...this.#retries.keys()]) this.#dropRetry(name);
  }

  #pump(): void {
    const most = this.isFirst() ? MAX_CONCURRENT_FIRST_READS : MAX_CONCURRENT_READS;
    while (this.#underWay.size < most && !this.#abort.signal.aborted) {
      const urgent = this.#next(this.#urgent);
      // One place is kept free of sweeps, or what is urgent would wait for the slowest of them.
      const maySweep = this.#sweepsUnderWay < most - 1;
      const name = urgent ?? (maySweep ? this.#next(this.#swept) : undefined);
      if (name === undefined) return;
      void this.#take(name, urgent !== undefined);
    }
  }

  /** One that is under way waits for its answer first: of two answers the older could come last, and would stay. */
  #next(queue: Set<string>): string | undefined {
    for (const name of queue) {
      if (this.#underWay.has(name)) continue;
      queue.delete(name);
      return name;
    }
    return undefined;
  }

  async #take(name: string, urgent: boolean): Promise<void> {
    this.#underWay.add(name);
    if (!urgent) this.#sweepsUnderWay += 1;
    try {
      const answer = await this.#read(name, urgent);
      if (this.#abort.signal.aborted) return;
      this.#failures.delete(name);
      if (answer) this.onAnswer(answer);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#failed(name, error as Error, urgent);
    } finally {
      this.#underWay.delete(name);
      if (!urgent) this.#sweepsUnderWay -= 1;
      this.#pump();
    }
  }

  #failed(name: string, error: Error, urgent: boolean): void {
    this.context.failed(error);
    this.onFailure(name);
    const failures = (this.#failures.get(name) ?? 0) + 1;
    this.#failures.set(name, failures);
    const pauseMs = backoffMs(failures, this.context.random());
    if (urgent) this.again(name, pauseMs);
    else this.#retryIn(SWEEP_PATIENCE * pauseMs, name, () => this.#sweepAgain(name));
  }

  #sweepAgain(name: string): void {
    this.#dropRetry(name);
    this.sweep([name]);
  }

  #retryIn(pauseMs: number, name: string, enqueue: () => void): void {
    if (this.#abort.signal.aborted) return;
    this.#dropRetry(name);
    this.#retries.set(name, { enqueue, timer: this.context.clock.setTimeout(enqueue, pauseMs) });
  }

  #dropRetry(name: string): void {
    const retry = this.#retries.get(name);
    if (retry) this.context.clock.clearTimeout(retry.timer);
    this.#retries.delete(name);
  }

  /** @returns null where nothing has changed. */
  async #read(name: string, urgent: boolean): Promise<ServiceAnswer | null> {
    const { context } = this;
    const path = healthServicePath(name);
    if (path === null) return readOddService(context, name, this.#abort.signal);
    // Without a leader only the others answer.
    const fromLeader = urgent && !this.#failures.has(name);
    const known = urgent ? null : this.knownIndex(name);
    const answer = await context.transport.request({
      path,
      query: { dc: context.dc, ...(!fromLeader && { stale: '' }) },
      timeoutMs: READ_TIMEOUT_MS,
      signal: this.#abort.signal,
      ...(known !== null && { unchangedIndex: known }),
    });
    assertStatus(answer);
    context.contacted(answer);
    if (known !== null && answer.index === known) return null;
    // Between two reads anything may have happened and gone again.
    const records = decodeHealthService(answer);
    return { name, records, index: answer.index, atMs: answer.receivedAtMs, merged: true };
  }
}
