import type { Clock, Timer } from './clock';
import { type Names, type ReadRights, readRights } from './read-rights';
import type { ConsulTransport } from './transport';

/** A right that is taken away wakes no watch, and fresh reads then answer empty lists; so it is asked for, at least this often, ms. */
const ASK_EVERY_MS = 15_000;

export interface RightsPollOptions {
  readonly transport: ConsulTransport;
  readonly datacenter: string;
  readonly clock: Clock;
  /** Whose rights matter, once it is known whether everything may be read. */
  readonly names: (everything: boolean) => Names;
  readonly onRights: (rights: ReadRights) => void;
  /** Consul did not answer, or its answer could not be taken in. */
  readonly onError: (error: Error) => void;
}

/** Asks again and again what the token may read in one datacenter, until it is stopped. */
export class RightsPoll {
  readonly #end = new AbortController();
  #timer: Timer | undefined;
  #asked = 0;
  /** Of the questions that were answered, the newest. */
  #answered = 0;
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: RightsPollOptions) {
    void this.ask();
  }

  /** When it was asked last. */
  get askedAtMs(): number {
    return this.#askedAtMs;
  }

  /** Asks now, out of turn. Resolves when the answer was given, or told to be an error; null then. */
  async ask(): Promise<ReadRights | null> {
    if (this.#end.signal.aborted) return null;
    const { transport, datacenter, clock, names, onRights, onError } = this.options;
    if (this.#timer) clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => void this.ask(), ASK_EVERY_MS);
    this.#askedAtMs = clock.now();
    const turn = ++this.#asked;
    const { signal } = this.#end;
    try {
      const rights = await readRights({ transport, datacenter, nowMs: () => clock.now(), signal, names });
      if (signal.aborted) return null;
      // Of two answers the one that was asked for later is the truth.
      if (turn > this.#answered) onRights(rights);
      this.#answered = Math.max(turn, this.#answered);
      return rights;
    } catch (error) {
      if (signal.aborted) return null;
      onError(error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  }

  stop(): void {
    this.#end.abort();
    if (this.#timer) this.options.clock.clearTimeout(this.#timer);
  }
}
