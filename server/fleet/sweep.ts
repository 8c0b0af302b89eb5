import type { Clock, Timer } from '@/server/consul/clock';
import { LEAST_TURN_MS, OWED_SWEEPS_PER_SECOND, REST_SWEEPS_PER_SECOND } from './plan-pace';

export interface SweepOptions {
  readonly clock: Clock;
  /** Services that nothing else tells of in full, as of now. */
  readonly cold: () => readonly string[];
  readonly isCold: (name: string) => boolean;
  /** Whether a service that was handed out before still waits to be read. */
  readonly behind: () => boolean;
  readonly read: (name: string) => void;
}

/** Reads all cold services in turn, slowly, for ever; those that are owed a read, because something changed and nothing said where, before and faster. */
export class Sweep {
  readonly #owed = new Set<string>();
  #turn: string[] = [];
  #turnStartedMs: number | null = null;
  /** When no service was cold; to look through a thousand names twenty times a second costs more than the waits of a fleet at rest. */
  #noneColdAtMs = Number.NEGATIVE_INFINITY;
  #lastTurnMs: number | null = null;
  #timer: Timer | undefined;

  constructor(private readonly options: SweepOptions) {
    this.#later();
  }

  /** Each of these will have been read once more after now. */
  owe(names: Iterable<string>): void {
    const idle = this.#owed.size === 0;
    for (const name of names) this.#owed.add(name);
    if (idle && this.#owed.size > 0) {
      this.#stopTimer();
      this.#later();
    }
  }

  /** How long the last whole turn took, ms; null before it is through. */
  get lastTurnMs(): number | null {
    return this.#lastTurnMs;
  }

  stop(): void {
    this.#stopTimer();
  }

  #stopTimer(): void {
    if (this.#timer) this.options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #later(): void {
    this.#timer = this.options.clock.setTimeout(() => {
      // One that was not read yet: Consul is slow, and more would only queue.
      if (!this.options.behind()) this.#next();
      this.#later();
    }, this.#pauseMs);
  }

  /** While no service is cold nothing is read before a new turn may begin: to wake for that ten times a second would be for nothing. */
  get #pauseMs(): number {
    if (this.#owed.size > 0) return 1_000 / OWED_SWEEPS_PER_SECOND;
    const sinceNoneColdMs = this.options.clock.now() - this.#noneColdAtMs;
    return Math.max(1_000 / REST_SWEEPS_PER_SECOND, LEAST_TURN_MS - sinceNoneColdMs);
  }

  #next(): void {
    const name = this.#nextOwed() ?? this.#nextInTurn();
    if (name !== undefined) this.options.read(name);
  }

  #nextOwed(): string | undefined {
    for (const name of this.#owed) {
      this.#owed.delete(name);
      if (this.options.isCold(name)) return name;
    }
    return undefined;
  }

  #nextInTurn(): string | undefined {
    for (let name = this.#turn.pop(); name !== undefined; name = this.#turn.pop()) {
      if (this.options.isCold(name)) return name;
    }
    const nowMs = this.options.clock.now();
    const tookMs = this.#turnStartedMs === null ? null : nowMs - this.#turnStartedMs;
    if (tookMs !== null && tookMs < LEAST_TURN_MS) return undefined;
    if (nowMs - this.#noneColdAtMs < LEAST_TURN_MS) return undefined;
    this.#lastTurnMs = tookMs;
    this.#turn = [...this.options.cold()];
    this.#turnStartedMs = this.#turn.length > 0 ? nowMs : null;
    if (this.#turn.length === 0) this.#noneColdAtMs = nowMs;
    return this.#turn.pop();
  }
}
