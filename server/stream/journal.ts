import type { ChangeEvent, Topic } from '@/lib/stream/protocol';
import type { StreamPosition } from '@/lib/stream/topics';
import type { Publication, Publisher } from '@/server/fleet/publisher';
import { StreamEvent } from './stream-event';

/** Of a moment's state nobody wants the past: it fills no memory, and whoever returns gets a snapshot. */
const NOT_KEPT: ReadonlySet<Topic> = new Set(['system', 'splits']);

/** Of a topic whose events may each hold as many changes as there are records: so many changes are kept, the newest. */
const MOST_CHANGES: ReadonlyMap<Topic, number> = new Map([['topology', 20_000]]);

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
  /** Of each topic in `MOST_CHANGES`: how many changes are kept, and the seq of the newest event that is not any more. */
  readonly #bounded = new Map<Topic, { changes: number; lostSeq: number }>();
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
    this.#bound(topic, publication.changes.length);
    // Trimmed by halves: shifting the array at each event would cost its length every time.
    if (this.#entries.length > this.maxEntries * 2) {
      for (const entry of this.#entries.slice(0, -this.maxEntries)) if (entry) this.#uncount(entry);
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
    if (position.seq < (this.#bounded.get(topic)?.lostSeq ?? 0)) return null;
    return this.#entries
      .slice(position.seq - this.#oldest + 1)
      .filter((entry) => entry !== null)
      .filter((entry) => entry.change.topic === topic);
  }

  #bound(topic: Topic, added: number): void {
    const most = MOST_CHANGES.get(topic);
    if (most === undefined) return;
    const kept = this.#bounded.get(topic) ?? { changes: 0, lostSeq: 0 };
    this.#bounded.set(topic, kept);
    kept.changes += added;
    for (let at = Math.max(0, kept.lostSeq + 1 - this.#oldest); kept.changes > most; at += 1) {
      const entry = this.#entries[at];
      if (entry === undefined) return;
      if (entry?.change.topic !== topic) continue;
      this.#uncount(entry);
      this.#entries[at] = null;
    }
  }

  #uncount({ change: { topic, seq, changes } }: StreamEvent): void {
    const kept = this.#bounded.get(topic);
    if (!kept) return;
    kept.changes -= changes.length;
    kept.lostSeq = seq;
  }
}
