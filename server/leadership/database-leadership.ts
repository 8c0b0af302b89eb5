import type { LeadershipState } from '@/lib/system/leadership-state';
import type { Clock } from '@/server/consul/clock';
import { Pause } from '@/server/consul/pause';
import type { DatabaseLock } from './database-lock';
import type { Leadership } from './leadership';
import { Standing } from './standing';

/** From one attempt to the next, ms, up to a half more. */
const TRY_EVERY_MS = 2_000;

export interface DatabaseLeadershipOptions {
  readonly lock: DatabaseLock;
  /** Of this process, as the others are told. */
  readonly name: string;
  /** Why it is not by a session, a sentence. */
  readonly reason: string;
  readonly clock: Clock;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
}

/** Leads by a lock of the database that all replicas share. */
export class DatabaseLeadership implements Leadership {
  readonly #options: DatabaseLeadershipOptions;
  readonly #standing: Standing;
  readonly #pause: Pause;
  readonly #end = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: DatabaseLeadershipOptions) {
    this.#options = options;
    this.#standing = new Standing(options.clock, 'database');
    this.#pause = new Pause(options.clock);
    options.lock.onLost((reason) => {
      this.#standing.set({ leads: false, holder: null, reason });
      this.#pause.end();
    });
  }

  get state(): LeadershipState {
    const { state } = this.#standing;
    return state.leads && !this.#options.lock.holds ? { ...state, leads: false, holder: null } : state;
  }

  onChange(listener: (state: LeadershipState) => void): void {
    this.#standing.onChange(listener);
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.#pause.end();
    this.#standing.set({ leads: false, holder: null, reason: 'It has let go: it is closing.' });
    await this.#running;
    await this.#options.lock.release();
  }

  async #run(): Promise<void> {
    while (!this.#end.signal.aborted) {
      if (!this.#standing.state.leads) await this.#try();
      if (this.#end.signal.aborted) return;
      await this.#pause.sleep(TRY_EVERY_MS * (1 + this.#options.random() / 2));
    }
  }

  async #try(): Promise<void> {
    const { lock, name, reason } = this.#options;
    const { signal } = this.#end;
    try {
      const won = await lock.acquire(signal);
      if (signal.aborted) return;
      this.#standing.set({ leads: won && lock.holds, holder: won ? name : lock.holder, reason });
    } catch (error) {
      if (signal.aborted) return;
      const sentence = error instanceof Error ? error.message : String(error);
      this.#standing.set({ leads: false, holder: null, reason: sentence });
    }
  }
}
