import type { Timer } from '@/server/consul/clock';
import { EXPLAINED_WITHIN_MS, FIRST_LOOK_MS } from './plan-pace';
import { type Located, SummaryDifference, type Wake } from './summary-difference';
import type { WatchContext } from './watch-context';

export interface WakeLocatorHandlers {
  /** Whether the change of this index was seen at some service. */
  saw(index: number): boolean;
  /** These services changed. */
  located(services: readonly string[]): void;
  /** Something changed, and nothing says where. */
  unexplained(): void;
}

/**
 * Finds out whose change woke the list of services: its index names the change, and a service that was read has that index as well. What is not explained so is looked for
 * by the difference of two summaries.
 */
export class WakeLocator {
  readonly #summary: SummaryDifference;
  readonly #timers = new Set<Timer>();

  constructor(
    private readonly context: WatchContext,
    private readonly handlers: WakeLocatorHandlers,
  ) {
    this.#summary = new SummaryDifference(context, (located) => this.#locate(located));
  }

  begin(): void {
    this.#summary.begin();
  }

  stop(): void {
    this.#summary.stop();
    for (const timer of this.#timers) this.context.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  /** How long the last summary took to read, ms. */
  get summaryMs(): number {
    return this.#summary.tookMs;
  }

  /** Mostly the service that changed is watched, or its tags changed too and it is read by now: a summary costs Consul as much as two hundred services. */
  woke(wake: Wake): void {
    const ask = () => {
      if (!this.#isExplained(wake)) this.#summary.ask(wake);
    };
    if (wake === null) ask();
    else this.#later(ask, FIRST_LOOK_MS);
  }

  #locate({ services, wakes }: Located): void {
    if (services) this.handlers.located([...services]);
    const check = () => {
      if (services === null || !wakes.every((wake) => this.#isExplained(wake))) this.handlers.unexplained();
    };
    // Those that differ are read first.
    if (services && services.size > 0) this.#later(check, EXPLAINED_WITHIN_MS);
    else check();
  }

  #isExplained(wake: Wake): boolean {
    return wake !== null && this.handlers.saw(wake);
  }

  #later(work: () => void, delayMs: number): void {
    const { clock } = this.context;
    const timer = clock.setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, delayMs);
    this.#timers.add(timer);
  }
}
