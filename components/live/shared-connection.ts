import type { Topic, TopicBody } from '@/lib/stream/protocol';
import type { StreamMessage } from '@/lib/stream/stream-message';
import type { StreamPosition } from '@/lib/stream/topics';
import type { Clock } from './clock';
import type { SharedWorkerAccess } from './shared-worker';
import type { Upstream } from './upstream';
import type { FromWorker, ParcelItem, WantedTopic, WorkerPort } from './worker-protocol';
import { WorkerWatch } from './worker-watch';

export interface SharedConnectionOptions {
  readonly clock: Clock;
  readonly sharedWorker: SharedWorkerAccess;
  /** The topics to follow now. */
  readonly topics: () => readonly Topic[];
  /** Up to where a topic is held; null: not at all, or not for certain. */
  readonly positionOf: (topic: Topic) => StreamPosition | null;
  readonly bodyOf: (topic: Topic) => TopicBody | undefined;
  /** Takes a message; false where it does not fit on what is held, so that the whole has to come. */
  readonly onMessage: (message: StreamMessage) => boolean;
  /** A change of these topics may be missing. */
  readonly onDoubt: (topics: readonly Topic[]) => void;
  readonly report: (sentence: string) => void;
  /** A stream of the tab's own, for where no worker can be had. */
  readonly openOwn: () => Upstream;
}

/** A worker that says nothing may be one that hung before this tab came; where the next one is no better, no worker works here. */
const MOST_MUTE = 2;
/** Pages mount in pieces: their topics are asked for together. */
const BATCH_MS = 10;

/** Gets a tab's messages from the worker that it shares with the others, and makes a new one when that has died. */
export class SharedConnection implements Upstream {
  readonly #options: SharedConnectionOptions;
  #running = false;
  #generation = 0;
  #port: WorkerPort | null = null;
  #own: Upstream | null = null;
  /** Asked of this worker so far. */
  #asked: ReadonlySet<Topic> = new Set();
  #batchTimer: unknown = null;
  #watch: WorkerWatch;
  /** Workers in a row that never said a word. */
  #mute = 0;

  constructor(options: SharedConnectionOptions) {
    this.#options = options;
    this.#watch = new WorkerWatch(options.clock);
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    if (this.#own) this.#own.start();
    else this.#join(this.#options.sharedWorker.generations.current());
  }

  stop(): void {
    this.#running = false;
    this.#leave();
    this.#own?.stop();
  }

  topicsChanged(): void {
    if (this.#own) {
      this.#own.topicsChanged();
      return;
    }
    if (!this.#port || this.#batchTimer !== null) return;
    this.#batchTimer = this.#options.clock.setTimeout(() => {
      this.#batchTimer = null;
      this.#ask();
    }, BATCH_MS);
  }

  wake(): void {
    if (this.#own) this.#own.wake();
    else this.#port?.post({ kind: 'wake' });
  }

  check(): number {
    if (this.#own) return this.#own.check();
    const { generations } = this.#options.sharedWorker;
    const newest = generations.current();
    const verdict = this.#watch.look();
    if (verdict === 'mute') this.#mute += 1;
    if (newest > this.#generation) this.#join(newest);
    else if (this.#mute >= MOST_MUTE) this.#goOwn();
    else if (verdict === 'dead' || verdict === 'mute') this.#join(generations.after(this.#generation));
    else if (verdict === 'unsure') this.wake();
    return this.#watch.nextLookMs();
  }

  #join(generation: number): void {
    this.#leave();
    const { clock, sharedWorker } = this.#options;
    this.#generation = generation;
    this.#asked = new Set();
    this.#watch = new WorkerWatch(clock);
    try {
      const port = sharedWorker.join(generation, {
        onSaid: (said) => {
          if (this.#port === port) this.#hear(said);
        },
        onFailure: () => {
          if (this.#port === port && !this.#watch.hasSpoken) this.#goOwn();
        },
      });
      this.#port = port;
    } catch {
      // A policy of the browser or of its owner: no fault, and the tab does as well without.
      this.#goOwn();
      return;
    }
    this.#ask();
  }

  #leave(): void {
    this.#options.clock.clearTimeout(this.#batchTimer);
    this.#batchTimer = null;
    this.#port?.post({ kind: 'leave' });
    this.#port?.close();
    this.#port = null;
  }

  #goOwn(): void {
    this.#leave();
    this.#own = this.#options.openOwn();
    this.#own.start();
  }

  #ask(): void {
    const { topics, positionOf, bodyOf } = this.#options;
    const wanted = topics().map((topic): WantedTopic => {
      const position = positionOf(topic);
      const body = position && !this.#asked.has(topic) ? bodyOf(topic) : null;
      return { topic, position, body: body ?? null };
    });
    this.#asked = new Set(wanted.map(({ topic }) => topic));
    this.#port?.post({ kind: 'want', topics: wanted });
  }

  #hear(said: FromWorker): void {
    this.#watch.heard();
    this.#mute = 0;
    if (said.kind === 'forgotten') {
      this.#asked = new Set();
      this.#ask();
      return;
    }
    for (const item of said.items) this.#take(item);
    this.#port?.post({ kind: 'taken' });
  }

  #take(item: ParcelItem): void {
    if (item.kind === 'doubt') this.#options.onDoubt(item.topics);
    else if (item.kind === 'report') this.#options.report(item.sentence);
    else this.#takeMessage(item.message);
  }

  #takeMessage(message: StreamMessage): void {
    const fits = this.#options.onMessage(message);
    if (message.kind === 'heartbeat') this.#resyncForeign(message.epoch);
    else if (!fits && 'topic' in message) this.#resync(message.topic);
  }

  /** What a GET brought of another process than the stream is of would never be changed. */
  #resyncForeign(epoch: number | null): void {
    for (const topic of this.#asked) {
      const position = this.#options.positionOf(topic);
      if (position && epoch !== null && position.epoch !== epoch) this.#resync(topic);
    }
  }

  #resync(topic: Topic): void {
    this.#port?.post({ kind: 'resync', topic });
  }
}
