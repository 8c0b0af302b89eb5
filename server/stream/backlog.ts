import type { Change, ChangeEvent, Topic } from '@/lib/stream/protocol';
import { topicServiceKey } from '@/lib/stream/topics';

/**
 * What a client that cannot keep up still has to be sent: per topic the newest state of each key. It grows with the number of
 * keys, never with the number of changes.
 */
export class Backlog {
  readonly #topics = new Map<Topic, { last: ChangeEvent; changes: Map<string, Change> }>();
  #size = 0;

  /** Keys waiting. */
  get size(): number {
    return this.#size;
  }

  add(event: ChangeEvent): void {
    const waiting = this.#topics.get(event.topic) ?? { last: event, changes: new Map<string, Change>() };
    waiting.last = event;
    for (const change of event.changes) {
      const earlier = waiting.changes.get(change.key);
      if (!earlier) this.#size += 1;
      // `from` is what the client last saw; the states between are gone, and `merged` says so.
      waiting.changes.set(change.key, earlier ? { ...change, from: earlier.from, merged: true } : change);
    }
    this.#topics.set(event.topic, waiting);
  }

  /** One event a topic, by rising seq, and empties itself. */
  take(): ChangeEvent[] {
    const events = [...this.#topics.values()].map(({ last, changes }) => ({
      ...last,
      changes: inOrder(last, changes),
    }));
    this.#topics.clear();
    this.#size = 0;
    return events.sort((a, b) => a.seq - b.seq);
  }
}

/** A datacenter's record has to arrive before those of its services; a service's own record after its instances. */
function inOrder(event: ChangeEvent, changes: ReadonlyMap<string, Change>): Change[] {
  const depth = (key: string) => key.split('/').length;
  const sign = topicServiceKey(event.topic) === null ? 1 : -1;
  return [...changes.values()].sort((a, b) => sign * (depth(a.key) - depth(b.key)));
}
