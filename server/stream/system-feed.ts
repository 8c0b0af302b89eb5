import { type SystemState, systemChanges } from '@/lib/stream/system-changes';
import type { SystemBody } from '@/lib/system/system-body';
import type { Clock, Timer } from '@/server/consul/clock';
import type { Publisher } from '@/server/fleet/publisher';

/** While somebody looks, so often, ms. */
const REFRESH_EVERY_MS = 1_000;

export interface SystemFeedSources {
  readonly clock: Clock;
  /** The state as of now. */
  state(): SystemState;
  /** Whether a stream follows it. */
  isFollowed(): boolean;
}

/**
 * The topic `system`: Lictor's and Consul's own state. Much of it is counters, so it is compared and published only while somebody looks, and
 * every body is one that was published: a reader that goes on from it misses nothing.
 */
export class SystemFeed {
  #state: SystemState;
  #refreshedAtMs = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly sources: SystemFeedSources,
  ) {
    this.#state = sources.state();
  }

  start(): void {
    this.#timer = this.sources.clock.setTimeout(() => {
      if (this.sources.isFollowed()) this.refresh();
      this.start();
    }, REFRESH_EVERY_MS);
  }

  stop(): void {
    if (this.#timer) this.sources.clock.clearTimeout(this.#timer);
  }

  /**
   * A stream is about to follow. Many at once, after a restart say, must not each find the counters changed: every event makes the snapshots of
   * all topics old.
   */
  opening(): void {
    if (this.sources.clock.now() - this.#refreshedAtMs >= REFRESH_EVERY_MS) this.refresh();
  }

  /** Publishes what has changed since the last time, and gives back the body as of now. */
  refresh(): SystemBody {
    const state = this.sources.state();
    const changes = systemChanges(this.#state, state);
    this.#state = state;
    this.#refreshedAtMs = this.sources.clock.now();
    if (changes.length > 0) this.publisher.publish('system', { observedAt: this.#nowIso(), index: null, changes });
    return this.body;
  }

  /** As last published. */
  get body(): SystemBody {
    const { epoch, seq } = this.publisher;
    return { ...this.#state, epoch, seq, at: this.#nowIso() };
  }

  #nowIso(): string {
    const { clock } = this.sources;
    return clock.iso(clock.now());
  }
}
