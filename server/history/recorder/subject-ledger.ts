import type { Observation } from './observation';

export interface Held<State> {
  /** In order. */
  readonly observations: readonly Observation<State>[];
  /** Older ones were let go. */
  readonly incomplete: boolean;
  /** How often its record was found to be ahead of what was seen. */
  readonly lags: number;
}

interface Entry<State> {
  observations: (Observation<State> & { readonly heldAtMs: number })[];
  incomplete: boolean;
  lags: number;
}

/**
 * Which subjects of one kind in one datacenter the record is in step with. What is observed of the others is held until their record was compared; while
 * another replica writes, that is all of them.
 */
export class SubjectLedger<State> {
  readonly #open = new Map<string, Entry<State>>();
  #compares = false;
  #held = 0;

  /** What is observed of it is to be written at once. */
  isInStep(name: string): boolean {
    return this.#compares && !this.#open.has(name);
  }

  /** The record of these has to be compared; of all others there is none. */
  compare(names: Iterable<string>): void {
    this.#compares = true;
    for (const name of names) if (!this.#open.has(name)) this.#open.set(name, emptyEntry());
  }

  /** Nothing is known of the record any longer. */
  follow(): void {
    this.#compares = false;
  }

  /** What is not in step, or was seen while another one writes. */
  get openNames(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** How many observations are held. */
  get size(): number {
    return this.#held;
  }

  /** @param heldAtMs on a steady clock */
  hold(name: string, observation: Observation<State>, heldAtMs: number): void {
    const entry = this.#open.get(name) ?? emptyEntry();
    this.#open.set(name, entry);
    entry.observations.push({ ...observation, heldAtMs });
    this.#held += 1;
  }

  held(name: string): Held<State> {
    return this.#open.get(name) ?? emptyEntry();
  }

  lagged(name: string): void {
    const entry = this.#open.get(name);
    if (entry) entry.lags += 1;
  }

  /** The record of this one is in step from now on. */
  settle(name: string): void {
    this.#held -= this.#open.get(name)?.observations.length ?? 0;
    this.#open.delete(name);
  }

  /** Lets go of what is older. @param heldBeforeMs on the steady clock of `hold` */
  expire(heldBeforeMs: number): void {
    for (const [name, entry] of this.#open) {
      const kept = entry.observations.findIndex(({ heldAtMs }) => heldAtMs >= heldBeforeMs);
      if (kept !== 0) this.#drop(entry, kept < 0 ? entry.observations.length : kept);
      // Who compares still needs the name; while another one writes it says nothing.
      if (entry.observations.length === 0 && !this.#compares) this.#open.delete(name);
    }
  }

  #drop(entry: Entry<State>, oldest: number): void {
    if (oldest === 0) return;
    entry.observations.splice(0, oldest);
    entry.incomplete = true;
    this.#held -= oldest;
  }
}

const emptyEntry = <State>(): Entry<State> => ({ observations: [], incomplete: false, lags: 0 });
