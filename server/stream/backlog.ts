import type { Change, ChangeEvent, Topic } from '@/lib/stream/protocol';
import { topicServiceKey } from '@/lib/stream/topics';
import { StreamEvent } from './stream-event';

interface Waiting {
  readonly first: StreamEvent;
  last: StreamEvent;
  readonly changes: Map<string, Change>;
}

/**
 * What still has to be sent: per topic the newest state of each key. It grows with the number of keys, never with the number of
 * changes.
 */
export class Backlog {
  readonly #topics = new Map<Topic, Waiting>();
  #size = 0;

  constructor(private readonly epoch: number) {}

  /** Keys waiting. */
  get size(): number {
    return this.#size;
  }

  add(event: StreamEvent): void {
    const { topic, changes } = event.change;
    const waiting = this.#topics.get(topic) ?? { first: event, last: event, changes: new Map<string, Change>() };
    waiting.last = event;
    for (const change of changes) {
      const earlier = waiting.changes.get(change.key);
      if (!earlier) this.#size += 1;
      // `from` is what the client last saw; the states between are gone, and `merged` says so.
      waiting.changes.set(change.key, earlier ? { ...change, from: earlier.from, merged: true } : change);
    }
    this.#topics.set(topic, waiting);
  }

  /** One event a topic, by rising seq, and empties itself. An event that stood alone is the one that was added. */
  take(): StreamEvent[] {
    const events = [...this.#topics.values()].map((waiting) => this.#merged(waiting));
    this.#topics.clear();
    this.#size = 0;
    return events.sort((a, b) => a.change.seq - b.change.seq);
  }

  #merged({ first, last, changes }: Waiting): StreamEvent {
    if (first === last) return first;
    return new StreamEvent({ ...last.change, changes: inOrder(last.change, changes) }, this.epoch, first.firstSeq);
  }
}

/** A datacenter's record has to arrive before those of its services; a service's own record after its instances. */
function inOrder(event: ChangeEvent, changes: ReadonlyMap<string, Change>): Change[] {
  const depth = (key: string) => key.split('/').length;
  const sign = topicServiceKey(event.topic) === null ? 1 : -1;
  return [...changes.values()].sort((a, b) => sign * (depth(a.key) - depth(b.key)));
}
