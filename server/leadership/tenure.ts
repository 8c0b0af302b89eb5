import type { Clock, Timer } from '@/server/consul/clock';

/**
 * Something that is held until a deadline, which each proof moves on. Whoever asks is answered by the clock: where the process hung past the deadline no
 * timer has run yet, and another may hold it by now.
 */
export class Tenure {
  #untilMs: number | null = null;
  #timer: Timer | undefined;

  /** @param onRunOut the deadline has passed without a proof. */
  constructor(
    private readonly clock: Clock,
    private readonly onRunOut: () => void,
  ) {}

  get holds(): boolean {
    return this.#untilMs !== null && this.clock.now() < this.#untilMs;
  }

  /** Begins, or goes on, up to there. */
  extend(untilMs: number): void {
    this.#setDeadline(untilMs);
  }

  /** It is in doubt: without another proof it ends there, if not before. */
  limit(untilMs: number): void {
    if (this.#untilMs !== null) this.#setDeadline(Math.min(this.#untilMs, untilMs));
  }

  end(): void {
    this.#untilMs = null;
    this.#clear();
  }

  #setDeadline(untilMs: number): void {
    this.#untilMs = untilMs;
    this.#clear();
    this.#timer = this.clock.setTimeout(() => this.#runOut(), Math.max(0, untilMs - this.clock.now()));
  }

  /** A timer may fire a fraction early. */
  #runOut(): void {
    if (this.#untilMs === null) return;
    if (this.holds) this.#setDeadline(this.#untilMs);
    else {
      this.end();
      this.onRunOut();
    }
  }

  #clear(): void {
    if (this.#timer) this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
