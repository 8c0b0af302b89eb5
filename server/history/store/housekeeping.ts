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

/** Keeps a record within its limits, in rounds of small steps between batches: trims it, now and then sweeps it, and gives the room back to the disk. */
export class Housekeeping {
  readonly #trim: Trim;
  #phase: 'trim' | 'sweep' | 'give back' | 'done' = 'done';
  #withSweep = false;
  #sweep: Sweep | null = null;

  /** @param swept is told when texts or subjects are gone that were there before */
  constructor(
    private readonly database: OpenDatabase,
    limits: RecordLimits,
    private readonly swept: () => void,
  ) {
    this.#trim = new Trim(database, limits);
  }

  begin(withSweep: boolean): void {
    this.#trim.begin();
    this.#phase = 'trim';
    this.#withSweep = withSweep;
    this.#sweep = null;
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
    await this.#step(transaction, nowMs);
    return { more: this.#phase !== 'done', droppedToMs: this.#trim.droppedToMs };
  }

  async #step(transaction: <T>(act: (db: Queryable) => Promise<T>) => Promise<T>, nowMs: number): Promise<void> {
    const sweep = this.#sweep;
    if (this.#phase === 'trim') {
      if (await transaction((db) => this.#trim.step(db, nowMs))) return;
      this.#sweep = this.#withSweep || this.#trim.droppedToMs !== null ? new Sweep() : null;
      this.#phase = 'sweep';
    } else if (this.#phase === 'sweep') {
      const step = sweep === null ? null : await transaction((db) => sweep.step(db));
      // At once: the next batch must not name by a remembered id what is gone.
      if (step?.deleted) this.swept();
      if (step?.more) return;
      this.#sweep = null;
      this.#phase = 'give back';
    } else if (this.#phase === 'give back') {
      if (await this.database.giveBack()) return;
      // What was dropped may not have been enough.
      if (this.#trim.droppedToMs === null) this.#phase = 'done';
      else this.begin(false);
    }
  }
}
