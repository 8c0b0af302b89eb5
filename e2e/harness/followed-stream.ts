import type { ServiceBody, ServiceRecord } from '@/lib/fleet/model';
import { foldChange } from '@/lib/stream/fold';
import type { ChangeEvent, Topic, TopicBody } from '@/lib/stream/protocol';
import { topicServiceKey } from '@/lib/stream/topics';
import { type Frame, type StreamOptions, StreamReader } from './stream-reader';

/** A client that holds a body for each topic, made of snapshot and change events and of nothing else. */
export class FollowedStream {
  readonly #bodies = new Map<string, TopicBody>();
  #reader: StreamReader | null = null;

  static async open(url: string, topics: readonly string[], options: StreamOptions = {}): Promise<FollowedStream> {
    const followed = new FollowedStream();
    followed.#reader = await StreamReader.open(url, topics, { ...options, onFrame: (frame) => followed.take(frame) });
    return followed;
  }

  get reader(): StreamReader {
    if (this.#reader === null) throw new Error('The stream is not open.');
    return this.#reader;
  }

  /** Null where the topic's service is not there, or nothing came yet. */
  body(topic: string): TopicBody | null {
    return this.#bodies.get(topic) ?? null;
  }

  take(frame: Frame): void {
    if (frame.event === 'snapshot') this.#bodies.set(frame.data.topic, frame.data.data);
    if (frame.event === 'change') this.#change(frame.data);
  }

  #change(event: ChangeEvent): void {
    const { topic } = event;
    const own = event.changes.find(({ key }) => key === topicServiceKey(topic));
    if (own?.op === 'remove') {
      this.#bodies.delete(topic);
      return;
    }
    const body = this.#bodies.get(topic) ?? (own ? beforeItsFirst(event, own.value as ServiceRecord) : undefined);
    if (body) this.#bodies.set(topic, foldChange(body, topic as Topic, event));
  }
}

/** A service that registers is put whole: its record and each of its instances. */
function beforeItsFirst(event: ChangeEvent, service: ServiceRecord): ServiceBody {
  return { epoch: 0, seq: event.seq - 1, at: event.at, service, instances: [] };
}
