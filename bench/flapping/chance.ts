import { seededRandom } from '@/e2e/world/random';

/** Draws of all kinds from one seed. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  between(least: number, most: number): number {
    return least + this.#random() * (most - least);
  }

  /** Evenly by its logarithm. */
  scaled(least: number, most: number): number {
    return Math.exp(this.between(Math.log(least), Math.log(most)));
  }

  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  happens(share: number): boolean {
    return this.#random() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  /** 1 in the median; its logarithm is normal with this deviation. */
  factor(deviation: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
    return Math.exp(deviation * normal);
  }

  /** Until the next of what happens by mere chance, once in `meanMs`. */
  waitMs(meanMs: number): number {
    return -Math.log(1 - this.#random()) * meanMs;
  }
}
