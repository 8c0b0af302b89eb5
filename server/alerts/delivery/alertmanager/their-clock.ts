import type { Clock } from '@/server/consul/clock';

/** Less than this is the way of an answer and the rounding of its date. */
const SAME_MS = 5_000;

/**
 * Moments as an Alertmanager has them, from the clock here that nobody sets: what fires has to end in the Alertmanager's future. By the machine's own clock it would be
 * over at once there, as soon as that is set back. Times are ms since 1970.
 */
export class TheirClock {
  /** From the steady clock here to the one there. */
  #offsetMs: number;
  #aheadMs = 0;

  constructor(private readonly clock: Clock) {
    this.#offsetMs = this.#machineMs() - clock.now();
  }

  /** An answer came, with this date. @returns whether its clock is now known to be set otherwise than it was known before */
  answered(dateMs: number): boolean {
    const machineMs = this.#machineMs();
    const differs = Math.abs(dateMs - machineMs) >= SAME_MS;
    const before = this.#aheadMs;
    this.#aheadMs = differs ? dateMs - machineMs : 0;
    // A date has whole seconds: where both clocks are the same the machine's is the better one.
    this.#offsetMs = (differs ? dateMs : machineMs) - this.clock.now();
    return Math.abs(this.#aheadMs - before) >= SAME_MS;
  }

  /** How far it is ahead of this machine's, ms; 0: about the same. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** A moment of the `Clock` here, as it is told there. */
  iso(atMs: number): string {
    return new Date(atMs + this.#offsetMs).toISOString();
  }

  /** One of its moments, by the `Clock` here. */
  ours(theirMs: number): number {
    return theirMs - this.#offsetMs;
  }

  #machineMs(): number {
    return Date.parse(this.clock.iso(this.clock.now()));
  }
}
