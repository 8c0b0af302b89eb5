import type { ConsulReach } from '@/lib/fleet/model';
import type { HeartbeatEvent } from '@/lib/stream/protocol';
import type { Readiness } from '@/lib/system/readiness';
import type { Clock } from '@/server/consul/clock';
import type { FleetWatcher } from './fleet-watcher';
import { judgeReadiness } from './readiness';
import type { ReadingProgress } from './reading-progress';

/** The datacenters of every Consul address. Each address is watched by itself: one that is out of reach costs the others nothing. */
export class WholeFleet {
  readonly #startedAtMs: number;

  /** @param watchers one an address, at least one. @param reach whether any address answers */
  constructor(
    private readonly watchers: readonly FleetWatcher[],
    private readonly reach: () => ConsulReach,
    private readonly clock: Clock,
  ) {
    this.#startedAtMs = clock.now();
  }

  start(): void {
    for (const watcher of this.watchers) watcher.start();
  }

  stop(): void {
    for (const watcher of this.watchers) watcher.stop();
  }

  replan(): void {
    for (const watcher of this.watchers) watcher.replan();
  }

  readiness(): Readiness {
    const states = this.watchers.flatMap((watcher) => watcher.readiness());
    return judgeReadiness(states, this.reach(), this.clock.now() - this.#startedAtMs);
  }

  /** How far the reading of a datacenter is; one that is not watched is not read. */
  progress(datacenter: string): ReadingProgress {
    const watched = this.watchers.map((watcher) => watcher.progress(datacenter)).find((one) => one !== undefined);
    return watched ?? { synced: false, notLive: 0 };
  }

  heartbeat(): Omit<HeartbeatEvent, 'at' | 'seq'> {
    return { freshness: this.watchers.flatMap((watcher) => watcher.heartbeat()), consul: this.reach() };
  }

  reports() {
    return this.watchers.flatMap((watcher) => watcher.reports());
  }
}
