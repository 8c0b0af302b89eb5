import type { Topic, TopicBody } from '@/lib/stream/protocol';
import { type RecentChange, withRecent } from '@/lib/stream/recent-changes';
import type { StreamMessage } from '@/lib/stream/stream-message';
import { FreshnessBook } from './freshness-book';
import { TopicStore } from './topic-store';

export interface InboxOptions {
  readonly isWanted: (topic: Topic) => boolean;
  /** The server's time in ms, as each heartbeat brings it. */
  readonly onServerTime: (atMs: number) => void;
  /** For what a person who looks into the matter has to know. */
  readonly report: (sentence: string) => void;
}

/** Where messages of the stream go: bodies, ages, transitions. It notes which topics changed since someone last asked. */
export class Inbox {
  readonly store = new TopicStore();
  readonly freshness = new FreshnessBook();
  readonly #options: InboxOptions;
  readonly #changed = new Set<Topic>();
  #recent: readonly RecentChange[] = [];
  #unreadable = 0;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  get recent(): readonly RecentChange[] {
    return this.#recent;
  }

  /** Gives back false where the message does not fit on what is held, so that a new connection must bring a snapshot. */
  take(message: StreamMessage): boolean {
    if (message.kind === 'bye') return true;
    if (message.kind === 'heartbeat') {
      const { epoch, event } = message;
      if (epoch !== null) this.store.advance({ epoch, seq: event.seq });
      if (this.store.reach(event.consul)) this.#changed.add('fleet');
      this.freshness.heartbeat(epoch, event);
      this.#options.onServerTime(Date.parse(event.at));
      return true;
    }
    // Just dropped; the connection without it is on its way.
    if (!this.#options.isWanted(message.topic)) return true;
    try {
      return this.#fold(message);
    } catch (error) {
      this.doubt([message.topic], message.kind, error);
      return false;
    }
  }

  /** An event that cannot be read: a change of these topics may be missing, so that only a snapshot will do. */
  doubt(topics: Iterable<Topic>, event: string, error: unknown): void {
    this.store.doubt(topics);
    this.#unreadable += 1;
    if (this.#unreadable > 1) return;
    const cause = error instanceof Error ? error.message : String(error);
    this.#options.report(
      `Lictor's stream sent an event "${event}" that cannot be read (${cause}): the last state stays, and a new one is asked for. Reload the page if this lasts; later ones are not reported.`,
    );
  }

  /** Topics that changed since this was last called, each with its newest body. */
  changed(): [Topic, TopicBody][] {
    const topics = [...this.#changed];
    this.#changed.clear();
    return topics.flatMap((topic): [Topic, TopicBody][] => {
      const body = this.store.body(topic);
      return body ? [[topic, body]] : [];
    });
  }

  forget(topic: Topic): void {
    this.store.forget(topic);
    this.#changed.delete(topic);
  }

  #fold(message: Extract<StreamMessage, { topic: Topic }>): boolean {
    const { topic } = message;
    const outcome = message.kind === 'snapshot' ? this.store.snapshot(topic, message.body) : this.store.change(message);
    if (outcome === 'changed') {
      this.#changed.add(topic);
      if (message.kind === 'change' && topic === 'fleet') this.#recent = withRecent(this.#recent, message.event);
    }
    return outcome !== 'gap';
  }
}
