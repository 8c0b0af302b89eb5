import { machineMs } from '@/server/alerts/delivery/machine-time';
import type { Clock } from '@/server/consul/clock';

/** Less than this is the way of an answer and the rounding of its date. */
const SAME_MS = 5_000;

/**
 * Moments as an Alertmanager has them. What fires has to end in its future: that is reckoned from the clock here that nobody sets, for by the machine's own it would be
 * over at once there, as soon as that is set back. Times are ms since 1970.
 */
export class TheirClock {
  /** From the steady clock here to the one there. */
  #offsetMs: number;
  #aheadMs = 0;

  constructor(private readonly clock: Clock) {
    this.#offsetMs = machineMs(clock) - clock.now();
  }

  /** An answer came, with this date. @returns whether its clock is now known to be set otherwise than it was known before */
  answered(dateMs: number): boolean {
    const hereMs = machineMs(this.clock);
    const differs = Math.abs(dateMs - hereMs) >= SAME_MS;
    const before = this.#aheadMs;
    this.#aheadMs = differs ? dateMs - hereMs : 0;
    // A date has whole seconds: where both clocks are the same the machine's is the better one.
    this.#offsetMs = (differs ? dateMs : hereMs) - this.clock.now();
    return Math.abs(this.#aheadMs - before) >= SAME_MS;
  }

  /** How far it is ahead of the machine's, ms; 0: about the same. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  get nowMs(): number {
    return this.clock.now() + this.#offsetMs;
  }

  /** A moment by the machine's clock, as it is told there. */
  told(machineAtMs: number): number {
    return machineAtMs + this.#aheadMs;
  }

  /** One of its moments, by the machine's clock. */
  here(theirMs: number): number {
    return theirMs - this.#aheadMs;
  }
}
