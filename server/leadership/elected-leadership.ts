import type { LeadershipState } from '@/lib/system/leadership-state';
import { backoffMs } from '@/server/consul/backoff';
import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';
import type { Leadership } from './leadership';
import { Standing } from './standing';

/** Rights change when a person changes them: so often it is asked whether what was refused is allowed now, ms … */
const ASK_AGAIN_MS = 60_000;
/** … and at once where the token is another one. */
const LOOK_AT_TOKEN_MS = 1_000;

export interface ElectedLeadershipOptions {
  /** Why it may not lead by a session, a sentence; null: it may. Rejects with a `ConsulError` where that cannot be told now. */
  readonly refusal: (signal: AbortSignal) => Promise<string | null>;
  /** The token that writes as of now; only whether it changed is looked at. */
  readonly token: () => string | null;
  /** Told by `onRefused` that Consul takes no writes of it any more. */
  readonly bySession: (onRefused: () => void) => Leadership;
  /** What else there is, and why. */
  readonly otherwise: (reason: string) => Leadership;
  readonly clock: Clock;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
}

/** Leads by a session where Consul allows it, else in the way that needs no right there. */
export class ElectedLeadership implements Leadership {
  readonly #options: ElectedLeadershipOptions;
  readonly #undecided: Standing;
  readonly #listeners: ((state: LeadershipState) => void)[] = [];
  readonly #pause: Pause;
  readonly #end = new AbortController();
  #chosen: Leadership | null = null;
  #isRefused = false;
  #running: Promise<void> | undefined;

  constructor(options: ElectedLeadershipOptions) {
    this.#options = options;
    this.#pause = new Pause(options.clock);
    this.#undecided = new Standing(options.clock, 'session');
    this.#undecided.set({ reason: 'It is not known yet whether this Lictor may lead: Consul has not answered.' });
    this.#undecided.onChange((state) => this.#tell(state));
  }

  get state(): LeadershipState {
    return (this.#chosen ?? this.#undecided).state;
  }

  onChange(listener: (state: LeadershipState) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.#pause.end();
    await this.#chosen?.stop();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      try {
        const reason = await this.#options.refusal(this.#end.signal);
        failures = 0;
        if (this.#stopped) return;
        if (reason === null) await this.#leadBySession();
        else await this.#leadOtherwise(reason);
      } catch (error) {
        if (this.#stopped) return;
        if (!(error instanceof ConsulError)) throw error;
        failures += 1;
        this.#undecided.set({ reason: error.message });
        await this.#pause.sleep(backoffMs(failures, this.#options.random()));
      }
    }
  }

  async #leadBySession(): Promise<void> {
    this.#isRefused = false;
    await this.#lead(
      this.#options.bySession(() => {
        this.#isRefused = true;
        this.#pause.end();
      }),
      async () => !this.#isRefused,
    );
  }

  async #leadOtherwise(reason: string): Promise<void> {
    await this.#lead(this.#options.otherwise(reason), async () => {
      // While Consul cannot say that it is allowed, it is not.
      const still = await this.#options.refusal(this.#end.signal).catch(() => reason);
      return still !== null;
    });
  }

  /** Leads so until that is no longer the way. */
  async #lead(leadership: Leadership, goesOn: () => Promise<boolean>): Promise<void> {
    this.#chosen = leadership;
    leadership.onChange((state) => this.#tell(state));
    leadership.start();
    do await this.#untilWorthALook();
    while (!this.#stopped && (await goesOn()));
    if (this.#stopped) return;
    await leadership.stop();
    this.#chosen = null;
  }

  async #untilWorthALook(): Promise<void> {
    const { clock, token } = this.#options;
    const before = token();
    const untilMs = clock.now() + ASK_AGAIN_MS;
    while (!this.#stopped && !this.#isRefused && clock.now() < untilMs && token() === before) {
      await this.#pause.sleep(LOOK_AT_TOKEN_MS);
    }
  }

  get #stopped(): boolean {
    return this.#end.signal.aborted;
  }

  #tell(state: LeadershipState): void {
    for (const listener of this.#listeners) listener(state);
  }
}
