import type { ChangeEvent, SnapshotEvent, Topic, TopicBody } from '@/lib/stream/protocol';
import { formatPosition, topicServiceKey } from '@/lib/stream/topics';
import { encodeEvent } from './encode';
import type { Journal } from './journal';

/** The ages in a body may be so old when it is sent again, ms. */
const FRESH_FOR_MS = 250;

interface SnapshotSources {
  bodyOf(topic: Topic): TopicBody | undefined;
  /** Ms of a clock that is never set. */
  nowMs(): number;
  /** By the machine's clock. */
  nowIso(): string;
}

/** Snapshots as bytes. A thousand clients that come back in the same moment are sent one encoding, not a thousand. */
export class Snapshots {
  readonly #held = new Map<string, Buffer>();
  #seq = -1;
  #atMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly journal: Journal,
    private readonly sources: SnapshotSources,
  ) {}

  /** The topic as of now; with its id where the client may resume from it. */
  bytes(topic: Topic, asPlace: boolean): Buffer {
    const nowMs = this.sources.nowMs();
    if (this.#seq !== this.journal.seq || nowMs - this.#atMs > FRESH_FOR_MS) {
      this.#held.clear();
      this.#seq = this.journal.seq;
      this.#atMs = nowMs;
    }
    const name = `${asPlace} ${topic}`;
    const held = this.#held.get(name) ?? this.#encode(topic, asPlace);
    this.#held.set(name, held);
    return held;
  }

  #encode(topic: Topic, asPlace: boolean): Buffer {
    const at = this.sources.nowIso();
    const id = asPlace ? formatPosition(this.journal) : null;
    const stamp = { topic, seq: this.journal.seq, at };
    const data = this.sources.bodyOf(topic);
    if (data) return encodeEvent('snapshot', { ...stamp, data } satisfies SnapshotEvent, id);
    return encodeEvent('change', { ...stamp, ...absence(topic, at) } satisfies ChangeEvent, id);
  }
}

/** In place of a snapshot of a service that is not there: the stream stays open, and brings the service when it registers. */
function absence(topic: Topic, observedAt: string): Pick<ChangeEvent, 'observedAt' | 'index' | 'changes'> {
  const key = topicServiceKey(topic) ?? topic;
  return { observedAt, index: null, changes: [{ key, op: 'remove', value: null, from: null, merged: false }] };
}
