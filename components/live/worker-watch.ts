import { type Clock, type Moment, momentOf, msSince } from './clock';

/** The worker says something each second; one that has been silent for this long is dead. */
const SILENT_MS = 2_000;
/** A new one has to be loaded first. */
const FIRST_WORD_MS = 4_000;
/** How often to look: also at whether the other tabs have moved on. */
const LOOK_EVERY_MS = 500;
/** A look that comes this late or later: the tab itself stood still, so that silence proves nothing. */
const LATE_MS = 200;
/** What was said meanwhile is heard within this time. */
const LISTEN_AGAIN_MS = 500;

/** How a worker seems to one of its tabs. `mute` has never said a word; `unsure`: it is to be asked, and looked at once more. */
export type WorkerVerdict = 'well' | 'unsure' | 'dead' | 'mute';

/** Tells from its silence whether the worker is still there. */
export class WorkerWatch {
  readonly #clock: Clock;
  #hasSpoken = false;
  #heardAt: Moment;
  #patienceMs = FIRST_WORD_MS;
  #lastLookAt: Moment;
  #wasUnsure = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#heardAt = momentOf(clock);
    this.#lastLookAt = this.#heardAt;
  }

  get hasSpoken(): boolean {
    return this.#hasSpoken;
  }

  heard(): void {
    this.#hasSpoken = true;
    this.#wasUnsure = false;
    this.#heardAt = momentOf(this.#clock);
    this.#patienceMs = SILENT_MS;
  }

  look(): WorkerVerdict {
    const isLate = msSince(this.#clock, this.#lastLookAt) >= LOOK_EVERY_MS + LATE_MS;
    this.#lastLookAt = momentOf(this.#clock);
    if (this.#leftMs() > 0) return 'well';
    if (!isLate || this.#wasUnsure) return this.#hasSpoken ? 'dead' : 'mute';
    // Once only: the timers of a tab that is long hidden are always late.
    this.#wasUnsure = true;
    this.#heardAt = this.#lastLookAt;
    this.#patienceMs = LISTEN_AGAIN_MS;
    return 'unsure';
  }

  /** In how many ms to look again. */
  nextLookMs(): number {
    return Math.max(0, Math.min(LOOK_EVERY_MS, this.#leftMs()));
  }

  #leftMs(): number {
    return this.#patienceMs - msSince(this.#clock, this.#heardAt);
  }
}
