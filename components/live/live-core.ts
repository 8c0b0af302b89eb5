import { parsePair } from '@/lib/fleet/keys';
import type { FleetBody } from '@/lib/fleet/model';
import type { LiveFreshness } from '@/lib/stream/live-freshness';
import { LIVE_WITHIN_MS, type LivePhase } from '@/lib/stream/live-phase';
import type { Topic, TopicBody } from '@/lib/stream/protocol';
import type { RecentChange } from '@/lib/stream/recent-changes';
import type { StreamMessage } from '@/lib/stream/stream-message';
import { streamUrl } from '@/lib/stream/stream-query';
import { topicServiceKey } from '@/lib/stream/topics';
import type { Clock } from './clock';
import { Connection } from './connection';
import { FrameBatch, type RequestFrame } from './frame-batch';
import { Inbox } from './inbox';
import type { EventSourceLike } from './link';
import { Pulse } from './pulse';
import { ServerClock } from './server-clock';
import { SharedConnection } from './shared-connection';
import type { SharedWorkerAccess } from './shared-worker';
import type { Upstream } from './upstream';
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
  /** The worker that holds one stream for all tabs; null: this tab opens its own. */
  readonly sharedWorker: SharedWorkerAccess | null;
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
  readonly #inbox: Inbox;
  readonly #wanted: WantedTopics;
  readonly #upstream: Upstream;
  readonly #pulse: Pulse;
  readonly #batch: FrameBatch;
  readonly #listeners = new Set<() => void>();
  #connectionState: ConnectionState = { phase: 'reconnecting', lastEventAtMs: null };

  constructor(options: LiveCoreOptions) {
    const { clock, sharedWorker } = options;
    this.#options = options;
    this.serverClock = new ServerClock(clock, options.renderedAtMs);
    this.#batch = new FrameBatch(options.requestFrame, () => this.#flush());
    this.#wanted = new WantedTopics(clock, (dropped) => this.#topicsChanged(dropped));
    this.#inbox = new Inbox({
      isWanted: (topic) => this.#wanted.has(topic),
      onServerTime: (atMs) => this.serverClock.heartbeat(atMs),
      report: options.report,
    });
    this.#upstream = sharedWorker ? this.#shareStream(sharedWorker) : this.#openOwnStream();
    this.#pulse = new Pulse({
      clock,
      check: () => this.#upstream.check(),
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
    this.#upstream.start();
    this.#pulse.start();
  }

  stop(): void {
    this.#pulse.stop();
    this.#upstream.stop();
    this.#wanted.stop();
    this.#batch.stop();
  }

  /** The tab is looked at again, or the network is back: an old picture is renewed at once. */
  wake(): void {
    if (this.#pulse.silentMs() >= LIVE_WITHIN_MS) this.#upstream.wake();
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
    return this.#inbox.store.body(topic);
  }

  goneSince(topic: Topic): string | null {
    return this.#inbox.store.goneSince(topic);
  }

  markGone(topic: Topic, at: string): void {
    this.#inbox.store.markGone(topic, at);
    this.#flush();
  }

  /** Takes a body that a page brought or a GET answered, if it is newer. Gives back the newest one. */
  offer(topic: Topic, body: TopicBody): TopicBody {
    const held = this.#inbox.store.body(topic);
    // While the stream is live it is the authority on which process of several this tab follows.
    const isForeign = held !== undefined && held.epoch !== body.epoch && this.#pulse.phase === 'live';
    if (!isForeign && this.#inbox.store.offer(topic, body)) this.#options.onBody(topic, body);
    return this.#inbox.store.body(topic) ?? body;
  }

  connectionState(): ConnectionState {
    return this.#connectionState;
  }

  recentChanges(): readonly RecentChange[] {
    return this.#inbox.recent;
  }

  /** As of `nowMs`, the server's time: a reader that renders needs the same answer until the next tick. */
  freshness(dc: string, nowMs: number): LiveFreshness {
    const { phase, lastEventWallMs, startedWallMs } = this.#pulse;
    const startedAtMs = this.serverClock.ofWallMs(startedWallMs);
    const silentSinceMs = lastEventWallMs === null ? startedAtMs : this.serverClock.ofWallMs(lastEventWallMs);
    return this.#inbox.freshness.of(dc, this.#inbox.store.body('fleet') as FleetBody | undefined, {
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

  #openOwnStream(): Upstream {
    const { basePath, clock, random, openEventSource } = this.#options;
    return new Connection({
      ...{ clock, random, openEventSource },
      topics: () => this.#wanted.list(),
      urlFor: (topics) => streamUrl(basePath, topics, (topic) => this.#inbox.store.position(topic)),
      onMessage: (message) => this.#receive(message),
      onMalformed: (topics, event, error) => this.#inbox.doubt(topics, event, error),
    });
  }

  #shareStream(sharedWorker: SharedWorkerAccess): Upstream {
    const { store } = this.#inbox;
    return new SharedConnection({
      ...{ clock: this.#options.clock, sharedWorker, report: this.#options.report },
      topics: () => this.#wanted.list(),
      positionOf: (topic) => store.position(topic),
      bodyOf: (topic) => store.body(topic),
      onMessage: (message) => this.#receive(message),
      onDoubt: (topics) => store.doubt(topics),
      openOwn: () => this.#openOwnStream(),
    });
  }

  #receive(message: StreamMessage): boolean {
    const fits = this.#inbox.take(message);
    this.#pulse.event();
    this.#batch.request();
    return fits;
  }

  #topicsChanged(dropped: Topic | null): void {
    if (dropped) {
      this.#inbox.forget(dropped);
      this.#options.onBody(dropped, null);
    }
    this.#upstream.topicsChanged();
  }

  #flush(): void {
    for (const [topic, body] of this.#inbox.changed()) this.#options.onBody(topic, body);
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
