import { decodeHealthService } from '@/server/consul/decode/health-service';
import { healthServicePath } from '@/server/consul/service-path';
import { Turnstile } from '@/server/consul/turnstile';
import { watch } from '@/server/consul/watch';
import type { Watch } from '@/server/consul/watch-options';
import type { ServiceAnswer } from './service-sighting';
import type { WatchContext } from './watch-context';

/** As many at a time as read 50,000 instances fastest. */
const FIRST_READS_AT_A_TIME = 16;

/** A waiting query for each of a set of services. */
export class ExactWatches {
  readonly #watches = new Map<string, Watch>();
  readonly #firstReads = new Turnstile(FIRST_READS_AT_A_TIME);
  #wakes = 0;

  constructor(
    private readonly context: WatchContext,
    private readonly onAnswer: (answer: ServiceAnswer) => void,
    /** A service whose watch has given up for now: it is known to be unreadable, and nobody should wait for it. */
    private readonly onUnreadable: (name: string) => void,
  ) {}

  /** Watches these and no others. What stood keeps its place in Consul's order. */
  set(names: ReadonlySet<string>): void {
    for (const [name, running] of this.#watches) {
      if (names.has(name)) continue;
      running.stop();
      this.#watches.delete(name);
    }
    for (const name of names) {
      const path = healthServicePath(name);
      if (path !== null && !this.#watches.has(name)) this.#watches.set(name, this.#start(name, path));
    }
  }

  get size(): number {
    return this.#watches.size;
  }

  get notLive(): number {
    let count = 0;
    for (const { state } of this.#watches.values()) if (state !== 'live') count += 1;
    return count;
  }

  get wakes(): number {
    return this.#wakes;
  }

  get names(): string[] {
    return [...this.#watches.keys()];
  }

  /** Whether the service's own watch tells all of it: it has answered, and stands. */
  tells(name: string): boolean {
    return this.#watches.get(name)?.state === 'live';
  }

  /** Whether the service has a watch, and it does not fail. */
  covers(name: string): boolean {
    const state = this.#watches.get(name)?.state;
    return state === 'live' || state === 'syncing';
  }

  /** Ends every pause at once. */
  retryNow(): void {
    for (const running of this.#watches.values()) running.retryNow();
  }

  #start(name: string, path: string): Watch {
    const { context } = this;
    return watch({
      transport: context.transport,
      clock: context.clock,
      random: context.random,
      ...(context.waitMs && { waitMs: context.waitMs }),
      path,
      query: { dc: context.dc },
      firstReads: this.#firstReads,
      decode: decodeHealthService,
      onChange: ({ value, index, atMs, merged }) => {
        this.#wakes += 1;
        this.onAnswer({ name, records: value, index, atMs, merged });
      },
      onContact: (answer) => context.contacted(answer),
      onError: (error, stoodMs) => {
        context.waitFailed?.(stoodMs);
        context.failed(error);
      },
      onState: (state) => {
        if (state === 'denied' || state === 'down' || state === 'stale') this.onUnreadable(name);
      },
    });
  }
}
