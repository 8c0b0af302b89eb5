import { type FlapTransition, flapStatuses, worsening } from './flap-transition';

/** A verdict shows no more transitions than these, and no more are kept. */
const MOST_TRANSITIONS = 100;
const FIRST_ROOM = 8;
/** Twice what is kept: what is dropped at the front is cleared away only once in a while. */
const MOST_ROOM = 2 * MOST_TRANSITIONS;

/** Bits of a transition beside the two statuses, two bits each. */
const MERGED = 16;
const FALL = 32;
const RECOVERY = 64;

/** Of a service: by whom. */
interface By {
  readonly instance: string | null;
  readonly falls: number;
}

/** The newest transitions of something, in order: nine bytes each, so that everything may flap at once. */
export class TransitionRing {
  #times = new Float64Array(FIRST_ROOM);
  #codes = new Uint8Array(FIRST_ROOM);
  /** Null while none was an instance's. */
  #by: By[] | null = null;
  #begin = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#begin;
  }

  /** When the newest was, ms; before all time: there is none. */
  get lastMs(): number {
    return this.length > 0 ? (this.#times[this.#end - 1] ?? 0) : Number.NEGATIVE_INFINITY;
  }

  /** The newest got worse. */
  get isDown(): boolean {
    const last = this.last;
    return last !== null && worsening(last.from, last.to) > 0;
  }

  get last(): FlapTransition | null {
    return this.length > 0 ? this.#at(this.#end - 1) : null;
  }

  get all(): FlapTransition[] {
    return Array.from({ length: this.length }, (_, at) => this.#at(this.#begin + at));
  }

  push(transition: FlapTransition): void {
    if (this.length === MOST_TRANSITIONS) this.#begin += 1;
    if (this.#end === this.#times.length) this.#makeRoom();
    const { atMs, from, to, merged, instance, instanceFalls, isFall, isRecovery } = transition;
    this.#times[this.#end] = atMs;
    this.#codes[this.#end] =
      flapStatuses.indexOf(from) +
      flapStatuses.indexOf(to) * 4 +
      (merged ? MERGED : 0) +
      (isFall ? FALL : 0) +
      (isRecovery ? RECOVERY : 0);
    if (instance !== null || this.#by) {
      this.#by ??= [];
      this.#by[this.#end] = { instance, falls: instanceFalls };
    }
    this.#end += 1;
  }

  dropUntil(atMs: number): void {
    while (this.#begin < this.#end && (this.#times[this.#begin] ?? 0) <= atMs) this.#begin += 1;
  }

  /** Keeps these alone. */
  replace(transitions: readonly FlapTransition[]): void {
    this.#begin = 0;
    this.#end = 0;
    this.#by = null;
    for (const transition of transitions) this.push(transition);
  }

  get falls(): number {
    let falls = 0;
    for (let at = this.#begin; at < this.#end; at += 1) if ((this.#codes[at] ?? 0) & FALL) falls += 1;
    return falls;
  }

  get isMerged(): boolean {
    for (let at = this.#begin; at < this.#end; at += 1) if ((this.#codes[at] ?? 0) & MERGED) return true;
    return false;
  }

  /**
   * When it recovered after a moment. Of a service what instances did that fell more than once, and only where that is the greater part of it: a wave in which
   * nearly each falls once is a restart.
   */
  recoveries(afterMs: number): number[] {
    const times: number[] = [];
    const by: (By | undefined)[] = [];
    for (let at = this.#begin; at < this.#end; at += 1) {
      const atMs = this.#times[at] ?? 0;
      if (atMs <= afterMs || !((this.#codes[at] ?? 0) & RECOVERY)) continue;
      times.push(atMs);
      if (this.#by) by.push(this.#by[at]);
    }
    if (!this.#by) return times;
    const counts = new Map<string | null, number>();
    for (const one of by) counts.set(one?.instance ?? null, (counts.get(one?.instance ?? null) ?? 0) + 1);
    const repeats = (one: By | undefined) =>
      !one || one.instance === null || one.falls > 1 || (counts.get(one.instance) ?? 0) > 1;
    const repeated = times.filter((_, at) => repeats(by[at]));
    return 2 * repeated.length > times.length ? repeated : [];
  }

  #makeRoom(): void {
    const { length } = this;
    if (this.#times.length < MOST_ROOM) {
      const room = Math.min(MOST_ROOM, 2 * this.#times.length);
      const [times, codes] = [new Float64Array(room), new Uint8Array(room)];
      times.set(this.#times.subarray(this.#begin, this.#end));
      codes.set(this.#codes.subarray(this.#begin, this.#end));
      [this.#times, this.#codes] = [times, codes];
    } else {
      this.#times.copyWithin(0, this.#begin, this.#end);
      this.#codes.copyWithin(0, this.#begin, this.#end);
    }
    if (this.#by) this.#by = this.#by.slice(this.#begin, this.#end);
    this.#begin = 0;
    this.#end = length;
  }

  #at(at: number): FlapTransition {
    const code = this.#codes[at] ?? 0;
    const by = this.#by?.[at];
    return {
      atMs: this.#times[at] ?? 0,
      from: flapStatuses[code & 3] ?? 'passing',
      to: flapStatuses[(code >>> 2) & 3] ?? 'passing',
      merged: (code & MERGED) > 0,
      ...{ instance: by?.instance ?? null, instanceFalls: by?.falls ?? 0 },
      ...{ isFall: (code & FALL) > 0, isRecovery: (code & RECOVERY) > 0 },
    };
  }
}
