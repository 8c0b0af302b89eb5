import type { Clock } from '@/server/consul/clock';

/** What is slewed is not set: only a step of more than this is told, ms. */
const LEAST_STEP_MS = 1_000;

/** Notices that the machine's clock was set, by the one that nobody sets. */
export class ClockWatch {
  #aheadMs: number;

  constructor(private readonly clock: Clock) {
    this.#aheadMs = this.#ahead();
  }

  /** By how many ms it was set since the last look; 0: it was not. */
  look(): number {
    const before = this.#aheadMs;
    this.#aheadMs = this.#ahead();
    const stepMs = this.#aheadMs - before;
    return Math.abs(stepMs) > LEAST_STEP_MS ? stepMs : 0;
  }

  #ahead(): number {
    const nowMs = this.clock.now();
    return Date.parse(this.clock.iso(nowMs)) - nowMs;
  }
}
