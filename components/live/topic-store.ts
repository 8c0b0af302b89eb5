import type { ConsulReach, FleetBody } from '@/lib/fleet/model';
import { foldChange } from '@/lib/stream/fold';
import type { Topic, TopicBody } from '@/lib/stream/protocol';
import type { StreamMessage } from '@/lib/stream/stream-message';
import { type StreamPosition, topicServiceKey } from '@/lib/stream/topics';

interface Held {
  readonly body: TopicBody;
  /** Everything of this topic up to here is in `body`; null where that is in doubt, so that only a snapshot will do. */
  readonly position: StreamPosition | null;
}

/** What a message did: `changed` and `same` as they say; `gap`: it does not fit on what is held. */
export type StoreOutcome = 'changed' | 'same' | 'gap';

/** The bodies of topics as of the last event of each. It knows no connection and no clock. */
export class TopicStore {
  readonly #held = new Map<Topic, Held>();
  readonly #goneSince = new Map<Topic, string>();

  body(topic: Topic): TopicBody | undefined {
    return this.#held.get(topic)?.body;
  }

  position(topic: Topic): StreamPosition | null {
    return this.#held.get(topic)?.position ?? null;
  }

  /** When the service of this topic was removed, ISO 8601; null while it is there, and for other topics. */
  goneSince(topic: Topic): string | null {
    return this.#goneSince.get(topic) ?? null;
  }

  markGone(topic: Topic, at: string): void {
    if (!this.#goneSince.has(topic)) this.#goneSince.set(topic, at);
  }

  /**
   * Takes a body that did not come by the stream: first data of a page, or a GET. It must be newer than what is held: by seq, or, of
   * another process, by its start. Gives back whether it was taken.
   */
  offer(topic: Topic, body: TopicBody): boolean {
    const held = this.body(topic);
    if (held && (body.epoch - held.epoch || body.seq - held.seq) <= 0) return false;
    this.#put(topic, body);
    return true;
  }

  snapshot(topic: Topic, body: TopicBody): StoreOutcome {
    const held = this.#held.get(topic);
    const isOlder = held !== undefined && held.body.epoch === body.epoch && body.seq <= held.body.seq;
    // What is held is as good, and keeps the identity of its records; now it is known to be complete as well.
    this.#put(topic, isOlder ? held.body : body);
    return isOlder ? 'same' : 'changed';
  }

  change({ topic, epoch, event }: Extract<StreamMessage, { kind: 'change' }>): StoreOutcome {
    const own = event.changes.findLast((change) => change.key === topicServiceKey(topic));
    const held = this.#held.get(topic);
    if (!held?.position || (epoch ?? held.body.epoch) !== held.body.epoch) {
      // In place of a snapshot: the service is not there. When it registers that is a gap, and a snapshot will bring it.
      if (own?.op !== 'remove') return 'gap';
      this.markGone(topic, event.observedAt);
      this.doubt([topic]);
      return 'changed';
    }
    const body = foldChange(held.body, topic, event);
    if (body === held.body) return 'same';
    this.#held.set(topic, { body, position: { ...held.position, seq: Math.max(event.seq, held.position.seq) } });
    if (own?.op === 'put') this.#goneSince.delete(topic);
    if (own?.op === 'remove') {
      this.markGone(topic, event.observedAt);
      // Its instances were not removed one by one: the next ones must not be put beside them.
      if ('instances' in body && body.instances.length > 0) this.doubt([topic]);
    }
    return 'changed';
  }

  /** A heartbeat at `position`: every change up to it has come, also to a topic that had none. */
  advance({ epoch, seq }: StreamPosition): void {
    for (const [topic, { body, position }] of this.#held) {
      if (position?.epoch === epoch && position.seq < seq) this.#held.set(topic, { body, position: { epoch, seq } });
    }
  }

  /** What a heartbeat says of Consul itself, which no change brings. Gives back whether the fleet is another now. */
  reach(consul: ConsulReach): boolean {
    const fleet = this.#held.get('fleet');
    if (!fleet) return false;
    const { consul: last, ...rest } = fleet.body as FleetBody;
    if (sameReach(last, consul)) return false;
    this.#held.set('fleet', { ...fleet, body: { ...rest, consul } });
    return true;
  }

  /** A change of these topics may be missing: what is held is shown on, but the next connection asks for it whole. */
  doubt(topics: Iterable<Topic>): void {
    for (const topic of topics) {
      const held = this.#held.get(topic);
      if (held) this.#held.set(topic, { body: held.body, position: null });
    }
  }

  forget(topic: Topic): void {
    this.#held.delete(topic);
    this.#goneSince.delete(topic);
  }

  #put(topic: Topic, body: TopicBody): void {
    this.#held.set(topic, { body, position: { epoch: body.epoch, seq: body.seq } });
    this.#goneSince.delete(topic);
  }
}

const sameReach = (a: ConsulReach, b: ConsulReach): boolean =>
  a.address === b.address && a.reachable === b.reachable && a.since === b.since && a.reason === b.reason;
