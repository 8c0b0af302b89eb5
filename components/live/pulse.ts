import { type LivePhase, livePhase, msToNextPhase } from '@/lib/stream/live-phase';
import { type Clock, type Moment, momentOf, msSince } from './clock';

export interface PulseOptions {
  readonly clock: Clock;
  readonly onPhase: (phase: LivePhase) => void;
  /** Looks after the connection; gives back in how many ms to look again. */
  readonly check: () => number;
  /** The machine slept, or the tab was frozen. */
  readonly onSlept: () => void;
  /** The wall clock was set, or stood still with the machine: what was learned of it does not hold any more. */
  readonly onClockJump: () => void;
}

/** A timer that counts only the time that the machine is awake may be this late; more was sleep. */
const LATE_MS = 3_000;
const MAX_DELAY_MS = 1_000;
const JUMP_MS = 500;

/**
 * Tells the age of the last event. One timer fires exactly where the phase changes or the connection must be looked after, and at
 * least each second: after sleep a longer one would run on for what was left of it, and an old picture would pass for live.
 */
export class Pulse {
  readonly #options: PulseOptions;
  #timer: unknown = null;
  #startedAt: Moment;
  #lastTickAt: Moment;
  #lastEventAt: Moment | null = null;
  #phase: LivePhase = 'reconnecting';

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#startedAt = momentOf(options.clock);
    this.#lastTickAt = this.#startedAt;
  }

  get phase(): LivePhase {
    return this.#phase;
  }

  /** Local wall time in ms; null before the first event. */
  get lastEventWallMs(): number | null {
    return this.#lastEventAt?.wallMs ?? null;
  }

  /** Local wall time in ms. */
  get startedWallMs(): number {
    return this.#startedAt.wallMs;
  }

  /** Age in ms of the last event, or, before the first, how long it has been waited for. */
  silentMs(): number {
    return msSince(this.#options.clock, this.#lastEventAt ?? this.#startedAt);
  }

  start(): void {
    this.#startedAt = momentOf(this.#options.clock);
    this.#lastTickAt = this.#startedAt;
    this.#tick();
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  event(): void {
    this.#lastEventAt = momentOf(this.#options.clock);
    this.#update();
  }

  #tick(): void {
    const { clock, check, onSlept, onClockJump } = this.#options;
    const now = momentOf(clock);
    const wallMs = now.wallMs - this.#lastTickAt.wallMs;
    const monotonicMs = now.monotonicMs - this.#lastTickAt.monotonicMs;
    this.#lastTickAt = now;
    if (Math.abs(wallMs - monotonicMs) > JUMP_MS) onClockJump();
    // The phase first: an old picture must say so before anything else is tried.
    this.#update();
    if (Math.max(wallMs, monotonicMs) > MAX_DELAY_MS + LATE_MS) onSlept();
    const { ageMs, waitedMs } = this.#ages();
    const delayMs = Math.min(MAX_DELAY_MS, check(), msToNextPhase(ageMs, waitedMs) ?? MAX_DELAY_MS);
    this.#timer = clock.setTimeout(() => this.#tick(), Math.max(1, delayMs));
  }

  #update(): void {
    const { ageMs, waitedMs } = this.#ages();
    const phase = livePhase(ageMs, waitedMs);
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#options.onPhase(phase);
  }

  #ages(): { ageMs: number | null; waitedMs: number } {
    const { clock } = this.#options;
    return {
      ageMs: this.#lastEventAt && msSince(clock, this.#lastEventAt),
      waitedMs: msSince(clock, this.#startedAt),
    };
  }
}
