import { parsePair } from '@/lib/fleet/keys';
import type { FleetBody } from '@/lib/fleet/model';
import type { LiveFreshness } from '@/lib/stream/live-freshness';
import { LIVE_WITHIN_MS, type LivePhase } from '@/lib/stream/live-phase';
import type { Topic, TopicBody } from '@/lib/stream/protocol';
import { type RecentChange, withRecent } from '@/lib/stream/recent-changes';
import type { StreamMessage } from '@/lib/stream/stream-message';
import { streamQuery } from '@/lib/stream/stream-query';
import { topicServiceKey } from '@/lib/stream/topics';
import type { Clock } from './clock';
import { Connection } from './connection';
import { FrameBatch, type RequestFrame } from './frame-batch';
import { FreshnessBook } from './freshness-book';
import type { EventSourceLike } from './link';
import { Pulse } from './pulse';
import { ServerClock } from './server-clock';
import { TopicStore } from './topic-store';
import { WantedTopics } from './wanted-topics';

export interface LiveCoreOptions {
  /** Path prefix that Lictor is served under, without a slash at its end; empty at the root. */
  readonly basePath: string;
  /** The server's time when it rendered the page, in ms. */
  readonly renderedAtMs: number;
  readonly clock: Clock;
  /** 0 to 1, for the spread of waits. */
  readonly random: () => number;
  readonly openEventSource: (url: string) => EventSourceLike;
  readonly requestFrame: RequestFrame;
  /** A topic's newest body, once a frame at most; null: nobody wants it any more. */
  readonly onBody: (topic: Topic, body: TopicBody | null) => void;
  readonly onPhase: (phase: LivePhase) => void;
  /** For what a person who looks into the matter has to know. */
  readonly report: (sentence: string) => void;
}

export interface ConnectionState {
  readonly phase: LivePhase;
  /** Server-corrected ms since 1970, to the second, comparable with `useNow`; null before the first event. */
  readonly lastEventAtMs: number | null;
}

/** Everything live of one tab, without a framework: topics in, bodies, phases, ages and transitions out. */
export class LiveCore {
  readonly serverClock: ServerClock;
  readonly #options: LiveCoreOptions;
  readonly #store = new TopicStore();
  readonly #freshness = new FreshnessBook();
  readonly #wanted: WantedTopics;
  readonly #connection: Connection;
  readonly #pulse: Pulse;
  readonly #batch: FrameBatch;
  readonly #listeners = new Set<() => void>();
  readonly #dirty = new Set<Topic>();
  #recent: readonly RecentChange[] = [];
  #connectionState: ConnectionState = { phase: 'reconnecting', lastEventAtMs: null };
  #unreadable = 0;

  constructor(options: LiveCoreOptions) {
    const { clock, random, openEventSource } = options;
    this.#options = options;
    this.serverClock = new ServerClock(clock, options.renderedAtMs);
    this.#batch = new FrameBatch(options.requestFrame, () => this.#flush());
    this.#wanted = new WantedTopics(clock, (dropped) => this.#topicsChanged(dropped));
    this.#connection = new Connection({
      clock,
      random,
      openEventSource,
      topics: () => this.#wanted.list(),
      urlFor: (topics) =>
        `${options.basePath}/api/v1/stream?${streamQuery(topics, (topic) => this.#store.position(topic))}`,
      onMessage: (message) => this.#receive(message),
      onMalformed: (topics, event, error) => this.#doubt(topics, event, error),
    });
    this.#pulse = new Pulse({
      clock,
      check: () => this.#connection.check(),
      onSlept: () => this.wake(),
      onClockJump: () => this.serverClock.jumped(),
      onPhase: (phase) => {
        options.onPhase(phase);
        this.#flush();
      },
    });
  }

  start(): void {
    this.#options.onPhase(this.#pulse.phase);
    this.#connection.start();
    this.#pulse.start();
  }

  stop(): void {
    this.#pulse.stop();
    this.#connection.stop();
    this.#wanted.stop();
    this.#batch.stop();
  }

  /** The tab is looked at again, or the network is back: an old picture is renewed at once. */
  wake(): void {
    if (this.#pulse.silentMs() >= LIVE_WITHIN_MS) this.#connection.wake();
  }

  /** Follows `topic` until the function that it gives back is called. */
  want(topic: Topic): () => void {
    const key = topicServiceKey(topic);
    if (key === null || parsePair(key)) return this.#wanted.want(topic);
    // The server refuses a stream with such a topic whole; it names no service that could ever be.
    this.markGone(topic, new Date(this.serverClock.nowMs()).toISOString());
    return () => {};
  }

  body(topic: Topic): TopicBody | undefined {
    return this.#store.body(topic);
  }

  goneSince(topic: Topic): string | null {
    return this.#store.goneSince(topic);
  }

  markGone(topic: Topic, at: string): void {
    this.#store.markGone(topic, at);
    this.#flush();
  }

  /** Takes a body that a page brought or a GET answered, if it is newer. Gives back the newest one. */
  offer(topic: Topic, body: TopicBody): TopicBody {
    const held = this.#store.body(topic);
    // While the stream is live it is the authority on which process of several this tab follows.
    const isForeign = held !== undefined && held.epoch !== body.epoch && this.#pulse.phase === 'live';
    if (!isForeign && this.#store.offer(topic, body)) this.#options.onBody(topic, body);
    return this.#store.body(topic) ?? body;
  }

  connectionState(): ConnectionState {
    return this.#connectionState;
  }

  recentChanges(): readonly RecentChange[] {
    return this.#recent;
  }

  /** As of `nowMs`, the server's time: a reader that renders needs the same answer until the next tick. */
  freshness(dc: string, nowMs: number): LiveFreshness {
    const { phase, lastEventWallMs, startedWallMs } = this.#pulse;
    const startedAtMs = this.serverClock.ofWallMs(startedWallMs);
    const silentSinceMs = lastEventWallMs === null ? startedAtMs : this.serverClock.ofWallMs(lastEventWallMs);
    return this.#freshness.of(dc, this.#store.body('fleet') as FleetBody | undefined, {
      silentSinceMs: phase === 'stale' ? silentSinceMs : null,
      startedAtMs,
      nowMs,
    });
  }

  /** Calls `listener` after anything changed, once a frame at most; gives back what ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #receive(message: StreamMessage): boolean {
    const fits = this.#apply(message);
    this.#pulse.event();
    this.#batch.request();
    return fits;
  }

  #apply(message: StreamMessage): boolean {
    if (message.kind === 'heartbeat') {
      const { epoch, event } = message;
      if (epoch !== null) this.#store.advance({ epoch, seq: event.seq });
      if (this.#store.reach(event.consul)) this.#dirty.add('fleet');
      this.#freshness.heartbeat(epoch, event);
      this.serverClock.heartbeat(Date.parse(event.at));
      return true;
    }
    if (message.kind === 'bye') return true;
    const { topic } = message;
    // Just dropped; the connection without it is on its way.
    if (!this.#wanted.has(topic)) return true;
    try {
      const outcome =
        message.kind === 'snapshot' ? this.#store.snapshot(topic, message.body) : this.#store.change(message);
      if (outcome === 'changed') this.#dirty.add(topic);
      if (outcome === 'changed' && message.kind === 'change' && topic === 'fleet') {
        this.#recent = withRecent(this.#recent, message.event);
      }
      return outcome !== 'gap';
    } catch (error) {
      this.#doubt([topic], message.kind, error);
      return false;
    }
  }

  #doubt(topics: Iterable<Topic>, event: string, error: unknown): void {
    this.#store.doubt(topics);
    this.#unreadable += 1;
    if (this.#unreadable > 1) return;
    const cause = error instanceof Error ? error.message : String(error);
    this.#options.report(
      `Lictor's stream sent an event "${event}" that cannot be read (${cause}): the last state stays, and a new one is asked for. Reload the page if this lasts; later ones are not reported.`,
    );
  }

  #topicsChanged(dropped: Topic | null): void {
    if (dropped) {
      this.#store.forget(dropped);
      this.#dirty.delete(dropped);
      this.#options.onBody(dropped, null);
    }
    this.#connection.topicsChanged();
  }

  #flush(): void {
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    for (const topic of dirty) {
      const body = this.#store.body(topic);
      if (body) this.#options.onBody(topic, body);
    }
    this.#updateConnectionState();
    for (const listener of [...this.#listeners]) listener();
  }

  #updateConnectionState(): void {
    const { phase, lastEventWallMs } = this.#pulse;
    const last = this.#connectionState;
    const exactMs = lastEventWallMs === null ? null : this.serverClock.ofWallMs(lastEventWallMs);
    // To the second: a component that shows it would else render with every event.
    const lastEventAtMs = exactMs === null ? null : Math.floor(exactMs / 1_000) * 1_000;
    if (phase !== last.phase || lastEventAtMs !== last.lastEventAtMs) this.#connectionState = { phase, lastEventAtMs };
  }
}
