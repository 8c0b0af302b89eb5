import type { Transition } from '@/lib/history/transition';
import type { GapChange } from '@/server/history/record-store';

export interface QueueLimits {
  /** Of all that waits. */
  readonly maxTransitions: number;
  readonly maxBytes: number;
  /** Of one batch. */
  readonly maxBatch: number;
}

/** Ten minutes of a busy fleet, in a memory that a process of 450 MB can lend. */
export const QUEUE_LIMITS: QueueLimits = { maxTransitions: 100_000, maxBytes: 64 * 2 ** 20, maxBatch: 2_000 };

/** What a transition weighs beside its texts, bytes: measured as what a hundred thousand of them take in the heap, rounded up. */
const BYTES_EACH = 200;

export interface Queued {
  readonly transitions: readonly Transition[];
  readonly gaps: readonly GapChange[];
  /** Until when everything is in this batch or an earlier one, ms since 1970. */
  readonly aliveMs: number;
}

/** What was observed and is not yet written, in the order in which it was observed. One batch at a time is under way; it counts as waiting until it is done. */
export class RecordQueue {
  #waiting: Transition[] = [];
  #gaps: GapChange[] = [];
  #underWay: Queued | null = null;
  #bytes = 0;

  constructor(private readonly limits: QueueLimits) {}

  get size(): number {
    return this.#waiting.length + (this.#underWay?.transitions.length ?? 0);
  }

  get isEmpty(): boolean {
    return this.size === 0 && this.#gaps.length === 0;
  }

  /** There is as much as one batch may hold. */
  get fillsBatch(): boolean {
    return this.#waiting.length >= this.limits.maxBatch;
  }

  get underWay(): Queued | null {
    return this.#underWay;
  }

  /** @returns false where there is no room left: what is here has to be given up as a whole, for later transitions stand on earlier ones. */
  add(transitions: readonly Transition[]): boolean {
    for (const transition of transitions) {
      this.#waiting.push(transition);
      this.#bytes += bytesOf(transition);
    }
    return this.size <= this.limits.maxTransitions && this.#bytes <= this.limits.maxBytes;
  }

  addGap(change: GapChange): void {
    this.#gaps.push(change);
  }

  /**
   * The next batch, which is under way from now on. Times are ms since 1970.
   * @param untilMs until when everything that was seen is here. @param lastMs `aliveMs` of the batch before: by another one this batch is known again
   */
  take(untilMs: number, lastMs: number | null): Queued {
    const transitions = this.#waiting.splice(0, this.limits.maxBatch);
    // A large answer is unpacked for longer than a small one that came after it: the first that waits need not be the oldest.
    const toldMs = this.#waiting.reduce((oldestMs, { observedAtMs }) => Math.min(oldestMs, observedAtMs - 1), untilMs);
    this.#underWay = { transitions, gaps: this.#gaps, aliveMs: toldMs === lastMs ? toldMs - 1 : toldMs };
    this.#gaps = [];
    return this.#underWay;
  }

  /** The batch is written. */
  done(): void {
    for (const transition of this.#underWay?.transitions ?? []) this.#bytes -= bytesOf(transition);
    this.#underWay = null;
  }

  /** The batch is not written, and goes first again. */
  putBack(): void {
    if (!this.#underWay) return;
    this.#waiting = [...this.#underWay.transitions, ...this.#waiting];
    this.#gaps = [...this.#underWay.gaps, ...this.#gaps];
    this.#underWay = null;
  }

  /** @returns how many transitions are given up. */
  clear(): number {
    const given = this.size;
    this.#waiting = [];
    this.#gaps = [];
    this.#underWay = null;
    this.#bytes = 0;
    return given;
  }
}

function bytesOf({ from, to }: Transition): number {
  return BYTES_EACH + 2 * ((from?.length ?? 0) + (to?.length ?? 0));
}
