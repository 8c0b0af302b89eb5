import { backoffMs } from '@/server/consul/backoff';
import type { Timer } from '@/server/consul/clock';
import { decodeServiceMarks } from '@/server/consul/decode/ui-services';
import { type Reading, read } from '@/server/consul/read';
import { summaryIntervalMs } from './plan-pace';
import type { WatchContext } from './watch-context';

const READ_TIMEOUT_MS = 15_000;

/** A wake of the list of services: the index of its last change; null where it may hide more than that one. */
export type Wake = number | null;

/** What the two summaries around some wakes say of them. */
export interface Located {
  /** Services that differ; null: nothing is known of the time before. */
  readonly services: ReadonlySet<string> | null;
  readonly wakes: readonly Wake[];
}

/**
 * Finds out which services' instances changed, by the difference of two summaries of all services: one request for all of them. One read at a time; what is asked for during
 * one is answered by the next.
 */
export class SummaryDifference {
  #before: ReadonlyMap<string, string> | null = null;
  #wakes: Wake[] = [];
  #reading = false;
  #timer: Timer | undefined;
  #failures = 0;
  #startedAtMs = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #end: AbortController | null = null;

  constructor(
    private readonly context: WatchContext,
    private readonly onLocated: (located: Located) => void,
  ) {}

  /** Reads the summary that the first difference is taken to. */
  begin(): void {
    if (this.#end) return;
    this.#end = new AbortController();
    this.#schedule();
  }

  /** Something changed, somewhere. */
  ask(wake: Wake): void {
    if (this.#end === null) return;
    this.#wakes.push(wake);
    this.#schedule();
  }

  stop(): void {
    this.#end?.abort();
    this.#end = null;
    if (this.#timer) this.context.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#before = null;
    this.#wakes = [];
  }

  /** How long the last read took, ms. */
  get tookMs(): number {
    return this.#tookMs;
  }

  #schedule(): void {
    if (this.#end === null || this.#reading || this.#timer) return;
    const { clock, random } = this.context;
    const pauseMs = this.#failures > 0 ? backoffMs(this.#failures, random()) : 0;
    const dueMs = Math.max(this.#startedAtMs + summaryIntervalMs(this.#tookMs) - clock.now(), pauseMs);
    if (dueMs <= 0) void this.#read(this.#end.signal);
    else {
      this.#timer = clock.setTimeout(() => {
        this.#timer = undefined;
        if (this.#end) void this.#read(this.#end.signal);
      }, dueMs);
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { clock } = this.context;
    const wakes = this.#wakes;
    this.#wakes = [];
    this.#reading = true;
    this.#startedAtMs = clock.now();
    try {
      const { value, answer } = await this.#summary(signal);
      if (signal.aborted) return;
      this.context.contacted(answer);
      this.#failures = 0;
      this.#tookMs = clock.now() - this.#startedAtMs;
      const before = this.#before;
      this.#before = value;
      if (wakes.length > 0) this.onLocated({ services: before && differing(before, value), wakes });
    } catch (error) {
      if (signal.aborted) return;
      this.context.failed(error as Error);
      this.#failures += 1;
      // Nobody should wait for a summary that may never be given; the next one begins anew.
      this.#before = null;
      if (wakes.length > 0) this.onLocated({ services: null, wakes });
    } finally {
      this.#reading = false;
      if (this.#wakes.length > 0 || this.#before === null) this.#schedule();
    }
  }

  #summary(signal: AbortSignal): Promise<Reading<Map<string, string>>> {
    const { transport, dc } = this.context;
    return read(transport, {
      path: '/v1/internal/ui/services',
      // Of the leader, for another server may not know yet of the change that is looked for; without one, of any.
      query: { dc, ...(this.#failures > 0 && { stale: '' }) },
      timeoutMs: READ_TIMEOUT_MS,
      signal,
      decode: decodeServiceMarks,
    });
  }
}

/** Services whose marks differ, those that appeared or went included. */
function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Set<string> {
  const names = new Set<string>();
  for (const [name, mark] of after) if (before.get(name) !== mark) names.add(name);
  for (const name of before.keys()) if (!after.has(name)) names.add(name);
  return names;
}
