import type { ChangeEvent, Topic } from '@/lib/stream/protocol';
import type { StreamPosition } from '@/lib/stream/topics';
import type { Publication, Publisher } from '@/server/fleet/publisher';
import { StreamEvent } from './stream-event';

/** Of a moment's state nobody wants the past: it fills no memory, and whoever returns gets a snapshot. */
const NOT_KEPT: ReadonlySet<Topic> = new Set(['system', 'splits']);

/**
 * Numbers what is published and keeps the newest events, so that a client which was away for a moment is sent what it missed
 * instead of everything.
 */
export class Journal implements Publisher {
  /** Entries in the order of their seq, without a gap, the newest last; null for one that is not kept. */
  #entries: (StreamEvent | null)[] = [];
  /** The seq of the first entry. */
  #oldest = 1;
  #seq = 0;
  readonly #listeners: ((entry: StreamEvent) => void)[] = [];

  constructor(
    readonly epoch: number,
    private readonly nowIso: () => string,
    /** How many events are held for resuming clients. */
    private readonly maxEntries = 8_192,
  ) {}

  get seq(): number {
    return this.#seq;
  }

  /** Called before `publish` returns. */
  onEntry(listener: (entry: StreamEvent) => void): void {
    this.#listeners.push(listener);
  }

  publish(topic: Topic, publication: Publication): ChangeEvent {
    this.#seq += 1;
    const event: ChangeEvent = { topic, seq: this.#seq, at: this.nowIso(), ...publication };
    const entry = new StreamEvent(event, this.epoch);
    this.#entries.push(NOT_KEPT.has(topic) ? null : entry);
    // Trimmed by halves: shifting the array at each event would cost its length every time.
    if (this.#entries.length > this.maxEntries * 2) {
      this.#entries = this.#entries.slice(-this.maxEntries);
      this.#oldest = this.#seq - this.maxEntries + 1;
    }
    for (const listener of this.#listeners) listener(entry);
    return event;
  }

  /** Everything of `topic` after `position`; null where a gap, or another process's position, makes a snapshot necessary. */
  since(position: StreamPosition, topic: Topic): StreamEvent[] | null {
    if (position.epoch !== this.epoch || position.seq > this.#seq) return null;
    if (position.seq < this.#oldest - 1) return null;
    if (NOT_KEPT.has(topic)) return position.seq === this.#seq ? [] : null;
    return this.#entries
      .slice(position.seq - this.#oldest + 1)
      .filter((entry) => entry !== null)
      .filter((entry) => entry.change.topic === topic);
  }
}
