import type { OpenDatabase } from './open-database';
import { Sweep } from './sweep';
import type { Queryable } from './tables';
import { type RecordLimits, Trim } from './trim';

export interface HousekeepingStep {
  /** Whether another one is to follow. */
  readonly more: boolean;
  /** Where transitions were dropped for want of room: up to when, ms since 1970. */
  readonly droppedToMs: number | null;
}

const DONE: HousekeepingStep = { more: false, droppedToMs: null };
const MORE: HousekeepingStep = { more: true, droppedToMs: null };

/** Keeps a record within its limits, in rounds of small steps between batches: trims it, now and then sweeps it, and gives the room back to the disk. */
export class Housekeeping {
  readonly #trim: Trim;
  #phase: 'trim' | 'sweep' | 'give back' | 'done' = 'done';
  #sweep: Sweep | null = null;

  /** @param swept is told when texts and subjects may be gone that were there before */
  constructor(
    private readonly database: OpenDatabase,
    limits: RecordLimits,
    private readonly swept: () => void,
  ) {
    this.#trim = new Trim(database, limits);
  }

  /** Begins a round. */
  begin(withSweep: boolean): void {
    this.#trim.again();
    this.#phase = 'trim';
    this.#sweep = withSweep ? new Sweep() : null;
  }

  /** What a batch names. */
  mark(texts: Iterable<number>, subjects: Iterable<number>): void {
    this.#sweep?.mark(texts, subjects);
  }

  /** @param transaction in which the pen is held */
  async step(
    transaction: <T>(act: (db: Queryable) => Promise<T>) => Promise<T>,
    nowMs: number,
  ): Promise<HousekeepingStep> {
    if (this.#phase === 'trim') {
      const step = await transaction((db) => this.#trim.step(db, nowMs));
      if (!step.more) this.#phase = this.#sweep === null ? 'give back' : 'sweep';
      return { ...step, more: true };
    }
    if (this.#phase === 'sweep' && this.#sweep !== null) {
      const sweep = this.#sweep;
      if (await transaction((db) => sweep.step(db))) return MORE;
      this.#sweep = null;
      this.#phase = 'give back';
      this.swept();
      return MORE;
    }
    if (this.#phase === 'give back' && (await this.database.giveBack())) return MORE;
    this.#phase = 'done';
    return DONE;
  }
}
