import type { Clock } from '@/server/consul/clock';

const MOST_KEPT = 20;

/** What went wrong with the record, in sentences for a person; the newest last. */
export class Notices {
  readonly #kept: { readonly at: string; readonly text: string }[] = [];
  /** The trouble that lasts. */
  #present: string | null = null;

  constructor(private readonly clock: Clock) {}

  get all(): readonly { readonly at: string; readonly text: string }[] {
    return this.#kept;
  }

  /** The trouble that lasts; null: none does. */
  get present(): string | null {
    return this.#present;
  }

  /** @returns false where it is the trouble that lasts. */
  trouble(sentence: string): boolean {
    if (this.#present === sentence) return false;
    this.#present = sentence;
    this.keep(sentence);
    return true;
  }

  /** The record is written. @returns whether it was not before */
  mended(): boolean {
    if (this.#present === null) return false;
    this.#present = null;
    this.keep('The record is written again.');
    return true;
  }

  keep(text: string): void {
    this.#kept.push({ at: this.clock.iso(this.clock.now()), text });
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
  }
}
