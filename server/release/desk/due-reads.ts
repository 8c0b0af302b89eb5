import type { Mechanism } from '@/lib/release/mechanism';

interface DueRead {
  readonly mechanism: Mechanism;
  readonly isSeen: () => boolean;
}

/** In which mechanisms a service is to be read again, since something was told of it that no reading has seen yet. */
export class DueReads {
  #due: readonly DueRead[] = [];

  get isEmpty(): boolean {
    return this.#due.length === 0;
  }

  /** @param isSeen asked when it is to be read: whether some reading shows by what it brought that it has seen it */
  add(mechanisms: readonly Mechanism[], isSeen: () => boolean = () => false): void {
    this.#due = [...this.#due, ...mechanisms.map((mechanism) => ({ mechanism, isSeen }))];
  }

  /** A reading of these begins: it sees all that was told until now. */
  begin(mechanisms: readonly Mechanism[]): void {
    this.#due = this.#due.filter(({ mechanism }) => !mechanisms.includes(mechanism));
  }

  /** What is to be read now. What was seen meanwhile is due no more. */
  left(): readonly Mechanism[] {
    this.#due = this.#due.filter(({ isSeen }) => !isSeen());
    return [...new Set(this.#due.map(({ mechanism }) => mechanism))];
  }
}
