import type { Intent, JournaledPlan } from '@/lib/release/journal/intent';
import { isInDoubt } from './fate';
import type { IntentStore, StoredIntent } from './intent-store';

/** Another process has the intent now: this one has to leave everything as it stands. */
export class TakenOver extends Error {
  constructor() {
    super('Another Lictor has taken the plan over: it completes it or takes it back.');
    this.name = 'TakenOver';
  }
}

type Marks = 'done' | 'lost' | 'restored';

/**
 * The intent of a plan that this process carries out. Every change of it is a compare-and-set on the one before: what another process took over is lost at
 * the next one.
 */
export class HeldIntent {
  readonly #store: IntentStore;
  #stored: StoredIntent;
  #intent: Intent;
  /** What was noted is not all stored. */
  #isAhead = false;
  /** It is not known what the last change came to. */
  #isInDoubt = false;
  #isEnding = false;
  #marking: Promise<void> = Promise.resolve();
  #isMarking = false;
  #failure: Error | null = null;

  constructor(store: IntentStore, stored: StoredIntent) {
    this.#store = store;
    this.#stored = stored;
    this.#intent = stored.intent;
  }

  /** With what was noted. */
  get intent(): Intent {
    return this.#intent;
  }

  /** Why a mark could not be stored: nothing more may be begun. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** To be stored with the next mark. */
  note(marks: Marks, write: number): void {
    if (this.#intent[marks].includes(write)) return;
    this.#intent = { ...this.#intent, [marks]: [...this.#intent[marks], write] };
    this.#isAhead = true;
  }

  /** Stores what was noted, beside what the caller does next; `failure` tells what became of it. */
  markAlong(signal: AbortSignal): void {
    if (!this.#isAhead || this.#isMarking || this.#failure !== null) return;
    this.#isMarking = true;
    this.#marking = this.#replace(signal)
      .catch((error: Error) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#isMarking = false;
      });
  }

  /** Resolves when no mark is under way: what another process takes over then, it does not lose to one. */
  async atRest(): Promise<void> {
    await this.#marking;
  }

  /** Stores a change, and all that was noted. @throws TakenOver @throws ConsulError */
  async change(change: Partial<Intent>, signal: AbortSignal): Promise<void> {
    await this.#known(signal);
    this.#intent = { ...this.#intent, ...change };
    await this.#replace(signal);
    this.#failure = null;
  }

  /** The intent is gone, and the wish stored. @throws TakenOver @throws ConsulError */
  async end(wish: JournaledPlan['wish'], signal: AbortSignal): Promise<void> {
    await this.#marking;
    if ((await this.#isGone(signal)) || (await this.#ended(wish, signal))) return;
    throw new TakenOver();
  }

  async #ended(wish: JournaledPlan['wish'], signal: AbortSignal): Promise<boolean> {
    this.#isEnding = true;
    return this.#doubting(() => this.#store.end(this.#stored, wish, signal));
  }

  async #replace(signal: AbortSignal): Promise<void> {
    this.#isAhead = false;
    const stored = await this.#doubting(() => this.#store.replace(this.#intent, this.#stored.index, signal));
    if (stored === null) throw new TakenOver();
    this.#stored = stored;
  }

  /** Consul may have carried out what it did not answer. */
  async #doubting<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#isInDoubt = true;
    try {
      const result = await act();
      this.#isInDoubt = false;
      return result;
    } catch (error) {
      this.#isInDoubt = isInDoubt(error);
      throw error;
    }
  }

  async #known(signal: AbortSignal): Promise<void> {
    await this.#marking;
    if (await this.#isGone(signal)) throw new TakenOver();
  }

  /** Reads the intent where the last change of it is in doubt. @returns true where an end in doubt was one */
  async #isGone(signal: AbortSignal): Promise<boolean> {
    if (!this.#isInDoubt) return false;
    const { dc, service, id, holder } = this.#intent;
    const found = await this.#store.find(dc, service, signal);
    if (found === null && this.#isEnding) return true;
    const { intent } = found ?? {};
    if (!intent || intent.id !== id || intent.holder.process !== holder.process) throw new TakenOver();
    this.#stored = found as StoredIntent;
    this.#isInDoubt = false;
    return false;
  }
}
