import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';
import type { DraftedPlan } from './drafted-plan';

export interface ArrivalsOptions {
  readonly clock: Clock;
  /** What of the last write has not arrived, a sentence; null: all has. */
  readonly missing: (key: string, missing: string | null) => void;
}

/** From one look to the next, ms: soon at first, for most arrives within the second. */
const PAUSES_MS = [100, 200, 400, 800, 1_600, 3_200];
/** What has not arrived by then is looked at no more, ms: the last sentence stays. */
const LIMIT_MS = 60_000;

/** Looks whether what was written arrives where it works: in every datacenter that copies it, in what Consul makes of it, at the catalog behind an agent. */
export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #pauses = new Set<Pause>();
  readonly #end = new AbortController();
  /** The newest plan of each service: an older one has been overtaken. */
  readonly #newest = new Map<string, DraftedPlan>();

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** A plan of this service was written. Never rejects. */
  async written(key: string, draft: DraftedPlan): Promise<void> {
    this.#newest.set(key, draft);
    const { clock, missing } = this.#options;
    const untilMs = clock.now() + LIMIT_MS;
    const pause = new Pause(clock);
    this.#pauses.add(pause);
    for (let look = 0; this.#isNewest(key, draft) && clock.now() < untilMs; look += 1) {
      const sentence = await this.#look(draft);
      if (this.#isNewest(key, draft)) missing(key, sentence);
      if (sentence === null) break;
      await pause.sleep(PAUSES_MS[Math.min(look, PAUSES_MS.length - 1)] ?? 0);
    }
    this.#pauses.delete(pause);
    if (this.#isNewest(key, draft)) this.#newest.delete(key);
  }

  stop(): void {
    this.#end.abort();
    for (const pause of this.#pauses) pause.end();
  }

  #isNewest(key: string, draft: DraftedPlan): boolean {
    return this.#newest.get(key) === draft && !this.#end.signal.aborted;
  }

  async #look({ actuator, subject, plan }: DraftedPlan): Promise<string | null> {
    try {
      return await actuator.verify(subject, plan, this.#end.signal);
    } catch (error) {
      if (error instanceof ConsulError) return `Whether it has arrived is not known: ${error.message}`;
      throw error;
    }
  }
}
