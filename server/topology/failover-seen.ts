import { serviceKey } from '@/lib/fleet/keys';
import type { Change } from '@/lib/stream/protocol';
import { edgeEnds } from '@/lib/topology/edge-key';
import { FailoverWatch, type WatchedService, type WatchedStandIn } from '@/lib/topology/failover-watch';
import { healthyInstances } from '@/lib/topology/stand-ins';
import type { FailoverSwitch, TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import type { Clock } from '@/server/consul/clock';

export interface FailoverSeenOptions {
  readonly book: {
    parts(): { readonly nodes: readonly TopologyNode[] };
    node(key: string): TopologyNode | null;
    edgesFrom(node: string): readonly TopologyEdge[];
    edgesTo(node: string): readonly TopologyEdge[];
    switches(switches: readonly FailoverSwitch[]): void;
  };
  /** Whether what is shown of a datacenter is how it is now. */
  isLive(dc: string): boolean;
  /** A switch began, was seen to happen, or ended. */
  changed(before: FailoverSwitch | null, after: FailoverSwitch): void;
  readonly clock: Clock;
}

/** Sees services go over to other datacenters, by what goes out in the topic `topology`. */
export class FailoverSeen {
  readonly #options: FailoverSeenOptions;
  readonly #watch = new FailoverWatch();
  /** Services with stand-ins, each with the keys of these. */
  readonly #watched = new Map<string, readonly string[]>();
  /** By the key of a stand-in: whose. */
  readonly #standsInFor = new Map<string, Set<string>>();

  constructor(options: FailoverSeenOptions) {
    this.#options = options;
  }

  /** The record was read, some seconds after the start: who fell meanwhile was seen. @param known of the record, the newest first */
  start(known: readonly FailoverSwitch[]): void {
    this.#watch.adopt(known);
    this.#options.book.switches(this.#watch.switches());
    this.#see(this.#options.book.parts().nodes.map(({ key }) => key));
  }

  look(changes: readonly Change[]): void {
    const touched = new Set<string>();
    for (const { key } of changes) {
      if (key.startsWith('/')) continue;
      if (key.includes('>')) for (const end of edgeEnds(key)) this.#touch(end, touched);
      else if (key.includes('/')) this.#touch(key, touched);
      // How fresh a datacenter is decides whether what it shows counts.
      else for (const service of this.#watched.keys()) touched.add(service);
    }
    this.#see(touched);
  }

  #touch(node: string, touched: Set<string>): void {
    touched.add(node);
    for (const service of this.#standsInFor.get(node) ?? []) touched.add(service);
  }

  #see(keys: Iterable<string>): void {
    const { book, changed, clock } = this.#options;
    const watch = this.#watch;
    const earlier = watch.switches();
    let isChanged = false;
    for (const key of keys) {
      const after = this.#seeOne(watch, key, clock.now());
      if (!after) continue;
      isChanged = true;
      changed(earlier.find((one) => one.key === key && one.lostAt === after.lostAt) ?? null, after);
    }
    if (isChanged) book.switches(watch.switches());
  }

  #seeOne(watch: FailoverWatch, key: string, nowMs: number): FailoverSwitch | null {
    const node = this.#options.book.node(key);
    const standIns = node ? this.#standInKeys(node) : [];
    const isWatched = this.#watched.has(key);
    this.#place(key, standIns);
    if (!node || standIns.length === 0) return isWatched ? watch.forget(key, nowMs) : null;
    return watch.see(this.#serviceOf(node, standIns), nowMs);
  }

  #serviceOf(node: TopologyNode, standIns: readonly string[]): WatchedService {
    const { book, isLive } = this.#options;
    const callers = new Set(book.edgesTo(node.key).map(({ from }) => from));
    return {
      key: node.key,
      healthy: isLive(node.dc) ? healthyInstances(node) : null,
      standIns: standIns.map((key): WatchedStandIn => {
        const there = book.node(key);
        const seen = book
          .edgesTo(key)
          .filter(({ from, ratePerSecond }) => callers.has(from) && (ratePerSecond ?? 0) > 0)
          .flatMap(({ observedAt }) => (observedAt === null ? [] : [Date.parse(observedAt)]));
        return {
          key,
          canServe: there !== null && isLive(there.dc) && healthyInstances(there) > 0,
          seenAtMs: seen.length === 0 ? null : Math.max(...seen),
        };
      }),
    };
  }

  /** By edges of failover, in their order; else by what the node says of datacenters. */
  #standInKeys({ key, name, failover }: TopologyNode): string[] {
    const edges = this.#options.book.edgesFrom(key).filter(({ kinds, to }) => kinds.includes('failover') && to !== key);
    if (edges.length === 0) return failover.map((dc) => serviceKey(dc, name));
    const place = ({ order }: TopologyEdge) => order ?? Number.MAX_SAFE_INTEGER;
    return edges.sort((a, b) => place(a) - place(b)).map(({ to }) => to);
  }

  #place(key: string, standIns: readonly string[]): void {
    for (const standIn of this.#watched.get(key) ?? []) this.#standsInFor.get(standIn)?.delete(key);
    if (standIns.length === 0) this.#watched.delete(key);
    else this.#watched.set(key, standIns);
    for (const standIn of standIns) {
      const services = this.#standsInFor.get(standIn) ?? new Set();
      this.#standsInFor.set(standIn, services.add(key));
    }
  }
}
