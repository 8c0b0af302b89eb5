import { decodeHealthService } from '@/server/consul/decode/health-service';
import { read } from '@/server/consul/read';
import { healthServicePath } from '@/server/consul/service-path';
import { readOddService } from './odd-service';
import type { ServiceAnswer } from './service-sighting';
import type { WatchContext } from './watch-context';

/** Single reads under way at once in one datacenter; they share the connections that are kept free of waits. */
const MAX_CONCURRENT_READS = 4;
const READ_TIMEOUT_MS = 10_000;

/** Reads services one by one, each at most once at a time, in the order asked for. What is urgent goes before a sweep. */
export class ServiceReader {
  readonly #urgent = new Set<string>();
  readonly #swept = new Set<string>();
  readonly #underWay = new Set<string>();
  readonly #abort = new AbortController();

  constructor(
    private readonly context: WatchContext,
    private readonly onAnswer: (answer: ServiceAnswer) => void,
    private readonly onFailure: (name: string) => void,
  ) {}

  /** Reads these before anything else. */
  hurry(names: Iterable<string>): void {
    for (const name of names) {
      this.#swept.delete(name);
      this.#urgent.add(name);
    }
    this.#pump();
  }

  /** Reads these when nothing is urgent. */
  sweep(names: Iterable<string>): void {
    for (const name of names) if (!this.#urgent.has(name)) this.#swept.add(name);
    this.#pump();
  }

  /** Nothing waits and nothing is under way. */
  get idle(): boolean {
    return this.#underWay.size === 0 && this.#urgent.size === 0 && this.#swept.size === 0;
  }

  stop(): void {
    this.#abort.abort();
    this.#urgent.clear();
    this.#swept.clear();
  }

  #pump(): void {
    while (this.#underWay.size < MAX_CONCURRENT_READS && !this.#abort.signal.aborted) {
      const name = this.#next();
      if (name === undefined) return;
      this.#underWay.add(name);
      this.#read(name)
        .then(this.onAnswer)
        .catch((error: Error) => {
          if (this.#abort.signal.aborted) return;
          this.context.failed(error);
          this.onFailure(name);
        })
        .finally(() => {
          this.#underWay.delete(name);
          this.#pump();
        });
    }
  }

  /** One that is under way waits for its answer first: of two answers the older could come last, and would stay. */
  #next(): string | undefined {
    for (const queue of [this.#urgent, this.#swept]) {
      for (const name of queue) {
        if (this.#underWay.has(name)) continue;
        queue.delete(name);
        return name;
      }
    }
    return undefined;
  }

  async #read(name: string): Promise<ServiceAnswer> {
    const { context } = this;
    const path = healthServicePath(name);
    if (path === null) return readOddService(context, name, this.#abort.signal);
    const { value, answer } = await read(context.transport, {
      path,
      query: { dc: context.dc, stale: '' },
      timeoutMs: READ_TIMEOUT_MS,
      signal: this.#abort.signal,
      decode: decodeHealthService,
    });
    context.contacted(answer);
    // Between two reads anything may have happened and gone again.
    return { name, records: value, index: answer.index, atMs: answer.receivedAtMs, merged: true };
  }
}
