import type { Topic } from '@/lib/stream/protocol';
import type { StreamMessage } from '@/lib/stream/stream-message';
import { type StreamPosition, topicServiceKey } from '@/lib/stream/topics';
import type { TopicStore } from './topic-store';

/** The one message that stands for all that came of a topic so far. */
export class WholeTopics {
  /** The changes that said that a service is not there. */
  readonly #removals = new Map<Topic, StreamMessage>();

  constructor(private readonly store: TopicStore) {}

  /** To be told of each change, after the store. */
  note(message: Extract<StreamMessage, { kind: 'change' }>): void {
    const own = message.event.changes.findLast((change) => change.key === topicServiceKey(message.topic));
    if (own?.op === 'remove') this.#removals.set(message.topic, message);
  }

  /** A snapshot, or the change by which the service went; null while what is held may lack something. */
  message(topic: Topic): StreamMessage | null {
    if (this.store.goneSince(topic) !== null) return this.#removals.get(topic) ?? null;
    const body = this.store.position(topic) && this.store.body(topic);
    return body ? { kind: 'snapshot', topic, body } : null;
  }

  /** Whether one who holds `topic` up to `position` lacks nothing. */
  isHeldAt(topic: Topic, position: StreamPosition | null): boolean {
    const body = this.store.goneSince(topic) === null && this.store.position(topic) && this.store.body(topic);
    return Boolean(body && position && position.epoch === body.epoch && position.seq >= body.seq);
  }

  forget(topic: Topic): void {
    this.#removals.delete(topic);
  }
}
