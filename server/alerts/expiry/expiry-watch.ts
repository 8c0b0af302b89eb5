import type { ExpiryFacts } from '@/lib/alerts/facts';
import { isSameValue } from '@/lib/alerts/same-value';
import type { Clock } from '@/server/consul/clock';
import { Pause } from '@/server/consul/pause';

/** Something with an end. */
export interface Expiring extends Omit<ExpiryFacts, 'expiresAtMs'> {
  /**
   * When it ends, ms since 1970; null: it does not.
   * @throws Error where that cannot be seen now: what was seen last stands
   */
  look(signal: AbortSignal): Promise<number | null>;
}

export interface ExpiryWatchParts {
  /** What there is to look at, as of now. */
  expiring(): readonly Expiring[];
  /** Another one: files have changed, and it is looked at once. */
  fingerprint(): string;
  readonly clock: Clock;
  onChange(): void;
}

const LOOK_EVERY_MS = 600_000;
const LOOK_AT_FILES_EVERY_MS = 10_000;

/** When what Lictor depends on ends: certificates and tokens. Looked at now and then, for none of them says so by itself. */
export class ExpiryWatch {
  #facts: readonly ExpiryFacts[] | null = null;
  readonly #end = new AbortController();
  readonly #pause: Pause;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ExpiryWatchParts) {
    this.#pause = new Pause(parts.clock);
  }

  /** Sorted by id; null: nobody looked yet. */
  get facts(): readonly ExpiryFacts[] | null {
    return this.#facts;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.#pause.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, fingerprint } = this.parts;
    while (!this.#end.signal.aborted) {
      const files = fingerprint();
      await this.#look();
      const untilMs = clock.now() + LOOK_EVERY_MS;
      while (!this.#end.signal.aborted && clock.now() < untilMs && fingerprint() === files) {
        await this.#pause.sleep(LOOK_AT_FILES_EVERY_MS);
      }
    }
  }

  async #look(): Promise<void> {
    const { expiring, onChange } = this.parts;
    const before = new Map(this.#facts?.map((facts) => [facts.id, facts]));
    const seen = await Promise.all(
      expiring().map(async ({ look, ...one }) => {
        try {
          const expiresAtMs = await look(this.#end.signal);
          return expiresAtMs === null ? [] : [{ ...one, expiresAtMs }];
        } catch {
          // That Consul does not answer is told by its freshness; and a file that is just being replaced is looked at again.
          return before.get(one.id) ?? [];
        }
      }),
    );
    const facts = seen.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
    if (this.#end.signal.aborted || isSameValue(this.#facts, facts)) return;
    this.#facts = facts;
    onChange();
  }
}
