import type { ChangeEvent } from '@/lib/stream/protocol';
import { formatPosition } from '@/lib/stream/topics';
import { encodeEvent } from './encode';

/** A change event on its way to clients, encoded at most once however many they are. */
export class StreamEvent {
  #withOwnId: Buffer | null = null;
  #plain: Buffer | null = null;

  constructor(
    readonly change: ChangeEvent,
    private readonly epoch: number,
    /** The seq of the oldest event that is merged into this one; its own where it stands alone. */
    readonly firstSeq: number = change.seq,
  ) {}

  /** With an id by which a client that has it resumes behind `placeSeq`; null: without. */
  bytes(placeSeq: number | null): Buffer {
    if (placeSeq === this.change.seq) {
      this.#withOwnId ??= this.#encode(placeSeq);
      return this.#withOwnId;
    }
    if (placeSeq !== null) return this.#encode(placeSeq);
    this.#plain ??= encodeEvent('change', this.change, null);
    return this.#plain;
  }

  #encode(placeSeq: number): Buffer {
    return encodeEvent('change', this.change, formatPosition({ epoch: this.epoch, seq: placeSeq }));
  }
}

/**
 * The bytes of one client's events, given by rising seq. Each carries its own place as id, unless something older, merged into a later one,
 * is still to come: then the place before that, so that a client which is cut off in between misses nothing when it resumes.
 */
export function inSequence(events: readonly StreamEvent[]): Buffer[] {
  const frames: Buffer[] = [];
  let oldestToCome = Number.POSITIVE_INFINITY;
  for (const event of events.toReversed()) {
    frames.push(event.bytes(Math.min(event.change.seq, oldestToCome - 1)));
    oldestToCome = Math.min(oldestToCome, event.firstSeq);
  }
  return frames.reverse();
}
