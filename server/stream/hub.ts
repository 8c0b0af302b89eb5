import type { HeartbeatEvent, Topic, TopicBody } from '@/lib/stream/protocol';
import { formatPosition, topicServiceKey } from '@/lib/stream/topics';
import { CLIENT_BOUNDS, type ClientBounds, type Sink, StreamClient } from './client';
import { encodeEvent } from './encode';
import { Framer } from './framer';
import type { Journal } from './journal';
import { openingFrames, type TopicRequest } from './opening';
import { Resumes } from './resumes';
import { Snapshots } from './snapshots';
import type { StreamEvent } from './stream-event';

/** Half of the longest silence that the protocol allows, so that one late timer breaks no promise. */
const HEARTBEAT_EVERY_MS = 1_000;

export interface HubSources {
  bodyOf(topic: Topic): TopicBody | undefined;
  heartbeat(): Omit<HeartbeatEvent, 'at' | 'seq'>;
  /** Told before a topic is opened: what is worked out only when somebody looks has to be published up to now. */
  opening?(topics: ReadonlySet<Topic>): void;
  /** Ms of a clock that is never set. */
  nowMs(): number;
  /** By the machine's clock. */
  nowIso(): string;
}

/** Joins the journal to the clients: who follows what, the opening frames, the heartbeat, the farewell. */
export class StreamHub {
  readonly #clients = new Set<StreamClient>();
  readonly #followers = new Map<Topic, Set<StreamClient>>();
  readonly #framer: Framer;
  readonly #snapshots: Snapshots;
  readonly #resumes: Resumes;
  readonly #timer: NodeJS.Timeout;
  #closed = false;

  constructor(
    private readonly journal: Journal,
    private readonly sources: HubSources,
    /** Told when the services that someone looks at change; the planner watches those exactly. */
    private readonly onServicesFollowed: () => void = () => {},
    private readonly bounds: ClientBounds = CLIENT_BOUNDS,
  ) {
    this.#snapshots = new Snapshots(journal, sources);
    this.#resumes = new Resumes(journal);
    this.#framer = new Framer(journal.epoch, (frame) => this.#deliver(frame));
    journal.onEntry((event) => this.#framer.add(event));
    this.#timer = setInterval(() => this.#heartbeat(), HEARTBEAT_EVERY_MS);
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Keys of the services that at least one client follows. */
  get followedServices(): string[] {
    return [...this.#followers.keys()].map(topicServiceKey).filter((key) => key !== null);
  }

  /** Whether at least one client follows `topic`. */
  isFollowed(topic: Topic): boolean {
    return this.#followers.has(topic);
  }

  connect(requests: readonly TopicRequest[], sink: Sink): StreamClient {
    const topics = new Set(requests.map((request) => request.topic));
    this.sources.opening?.(topics);
    // What waits is older than the newcomer's opening; merged into a later frame it would tell it of states that it never saw.
    this.#framer.flush();
    const client = new StreamClient(topics, sink, this.journal.epoch, this.bounds);
    for (const frame of openingFrames(this.journal, requests, this.#snapshots, this.#resumes)) client.write(frame);
    client.write(this.#heartbeatFrame());
    if (this.#closed) {
      client.close('Lictor is shutting down', 1_000);
      return client;
    }
    this.#clients.add(client);
    for (const topic of topics) this.#followers.set(topic, (this.#followers.get(topic) ?? new Set()).add(client));
    this.#announce(topics);
    return client;
  }

  disconnect(client: StreamClient): void {
    if (!this.#clients.delete(client)) return;
    for (const topic of client.topics) {
      const followers = this.#followers.get(topic);
      followers?.delete(client);
      if (followers?.size === 0) this.#followers.delete(topic);
    }
    this.#announce(client.topics);
  }

  /** Says goodbye to everyone. `retryMs` is spread, so that they do not all come back in the same instant. */
  close(random: () => number = Math.random): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#framer.flush();
    this.#framer.stop();
    for (const client of [...this.#clients]) {
      client.close('Lictor is shutting down', Math.round(500 + random() * 1_500));
      this.disconnect(client);
    }
  }

  #deliver(frame: readonly StreamEvent[]): void {
    const shares = new Map<StreamClient, StreamEvent[]>();
    for (const event of frame) {
      for (const client of this.#followers.get(event.change.topic) ?? []) {
        const share = shares.get(client);
        if (share) share.push(event);
        else shares.set(client, [event]);
      }
    }
    for (const [client, share] of shares) {
      client.deliver(share);
      if (client.closed) this.disconnect(client);
    }
  }

  #heartbeat(): void {
    // Its seq speaks for every change up to it.
    this.#framer.flush();
    const frame = this.#heartbeatFrame();
    const nowMs = this.sources.nowMs();
    for (const client of [...this.#clients]) {
      client.tick(nowMs, frame);
      if (client.closed) this.disconnect(client);
    }
  }

  #heartbeatFrame(): Buffer {
    const event: HeartbeatEvent = { at: this.sources.nowIso(), seq: this.journal.seq, ...this.sources.heartbeat() };
    return encodeEvent('heartbeat', event, formatPosition(this.journal));
  }

  #announce(topics: ReadonlySet<Topic>): void {
    if ([...topics].some((topic) => topicServiceKey(topic) !== null)) this.onServicesFollowed();
  }
}
