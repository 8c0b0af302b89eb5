import type { Clock, Timer } from '@/server/consul/clock';

/** A bound of time on several requests. */
export class TimeLimit {
  readonly signal: AbortSignal;
  /** By the clock. */
  readonly untilMs: number;
  readonly #clock: Clock;
  readonly #timer: Timer;

  constructor(clock: Clock, limitMs: number, signal?: AbortSignal) {
    const end = new AbortController();
    this.#clock = clock;
    this.untilMs = clock.now() + limitMs;
    this.signal = signal === undefined ? end.signal : AbortSignal.any([end.signal, signal]);
    this.#timer = clock.setTimeout(() => end.abort(), limitMs);
  }

  /** By the clock, whether or not a timer has run: a process that hung finds out before it goes on. */
  get isOver(): boolean {
    return this.signal.aborted || this.#clock.now() >= this.untilMs;
  }

  clear(): void {
    this.#clock.clearTimeout(this.#timer);
  }
}
