import type { Topic } from '@/lib/stream/protocol';
import type { Clock } from './clock';

/** How long a topic that nobody shows any more is still followed: going back to its page then costs nothing. */
const GRACE_MS = 10_000;

/** Which topics are wanted, by how many, and when one stops to be. */
export class WantedTopics {
  readonly #clock: Clock;
  readonly #onChange: (dropped: Topic | null) => void;
  readonly #counts = new Map<Topic, number>();
  readonly #leaving = new Map<Topic, unknown>();

  /** `onChange` is called after a topic was added (null) or dropped. */
  constructor(clock: Clock, onChange: (dropped: Topic | null) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Wants `topic` until the function that it gives back is called. */
  want(topic: Topic): () => void {
    this.#clock.clearTimeout(this.#leaving.get(topic));
    this.#leaving.delete(topic);
    const count = this.#counts.get(topic);
    this.#counts.set(topic, (count ?? 0) + 1);
    if (count === undefined) this.#onChange(null);
    let released = false;
    return () => {
      if (!released) this.#release(topic);
      released = true;
    };
  }

  has(topic: Topic): boolean {
    return this.#counts.has(topic);
  }

  /** Wanted topics and those in their grace, in the order of their names, so that equal sets make equal requests. */
  list(): Topic[] {
    return [...this.#counts.keys()].sort();
  }

  /** Drops every grace at once. */
  stop(): void {
    for (const [topic, timer] of this.#leaving) {
      this.#clock.clearTimeout(timer);
      this.#counts.delete(topic);
    }
    this.#leaving.clear();
  }

  #release(topic: Topic): void {
    const count = (this.#counts.get(topic) ?? 0) - 1;
    this.#counts.set(topic, count);
    if (count > 0) return;
    const drop = () => {
      this.#leaving.delete(topic);
      this.#counts.delete(topic);
      this.#onChange(topic);
    };
    this.#leaving.set(topic, this.#clock.setTimeout(drop, GRACE_MS));
  }
}
