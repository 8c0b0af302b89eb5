import { parsePair } from '@/lib/fleet/keys';
import type { HeartbeatEvent } from '@/lib/stream/protocol';
import type { Readiness } from '@/lib/system/readiness';
import { LongWaits } from '@/server/consul/long-waits';
import { type DatacenterPlan, hasRoomForConfiguration, planWatches } from '@/server/consul/plan';
import { healthServicePath } from '@/server/consul/service-path';
import { askPlace } from './configuration/ask-place';
import { pollDatacenters } from './datacenter-poll';
import { DatacenterPresence } from './datacenter-presence';
import type { FleetWatcherOptions } from './fleet-watcher-options';
import { GossipMembers } from './gossip-members';
import type { ReadingProgress } from './reading-progress';
import { WatchedDatacenter } from './watched-datacenter';

/** How often freshness is judged again, ms: the longest that a page may call a datacenter live too long. */
const JUDGE_EVERY_MS = 250;

/** The services that changed lately change places with others no more often than this. */
const REPLAN_EVERY_MS = 10_000;

/** From so many services on that have a watch of their own it pays to find out whether waits may be longer. */
const MANY_WATCHES = 200;

/** Watches the datacenters of one Consul address, by one plan for what its transport carries. */
export class FleetWatcher {
  readonly #datacenters = new Map<string, WatchedDatacenter>();
  readonly #presence = new DatacenterPresence();
  readonly #gossip: GossipMembers;
  readonly #longWaits: LongWaits;
  readonly #stops: (() => void)[] = [];
  #replanDue = false;
  #plans: ReadonlyMap<string, DatacenterPlan> = new Map();
  /** How many waiting queries the plan was made for. */
  #plannedFor: number | null = null;
  #plannedAtMs = Number.NEGATIVE_INFINITY;
  #tokens: string;

  constructor(private readonly options: FleetWatcherOptions) {
    this.#tokens = options.tokens();
    this.#gossip = new GossipMembers(options);
    const { transport, clock } = options;
    this.#longWaits = new LongWaits({
      ...{ transport, clock },
      question: () => this.#anyWatch(),
      onChange: () => this.replan(),
    });
  }

  start(): void {
    const { transport, clock, random, datacenters, configuration } = this.options;
    this.#gossip.start();
    for (const name of datacenters ?? []) this.#watch(name);
    const poll = pollDatacenters(transport, clock, {
      named: (names, atMs) => this.#name(names, atMs),
      failed: (error, atMs) => {
        this.options.refused.note(error);
        this.options.consul.failed(clock.iso(atMs), error.message);
      },
    });
    const judge = setInterval(() => this.#judge(), JUDGE_EVERY_MS);
    this.#stops.push(
      poll.stop,
      askPlace({ transport, clock, random, federations: configuration.federations }),
      () => this.#gossip.stop(),
      () => this.#longWaits.stop(),
      () => clearInterval(judge),
    );
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    for (const datacenter of this.#datacenters.values()) datacenter.stop();
  }

  readiness(): Readiness['datacenters'] {
    return [...this.#datacenters.values()].map((datacenter) => datacenter.readiness());
  }

  /** How far the reading of a datacenter is; undefined: it is not watched. */
  progress(datacenter: string): ReadingProgress | undefined {
    return this.#datacenters.get(datacenter)?.watcher;
  }

  heartbeat(): HeartbeatEvent['freshness'] {
    const nowMs = this.options.clock.now();
    return [...this.#datacenters.values()].map((datacenter) => datacenter.heartbeat(nowMs));
  }

  reports() {
    return [...this.#datacenters.values()].map((datacenter) => datacenter.report());
  }

  /** Waiting queries that there is room for. */
  get #capacity(): number {
    const configured = [...this.#datacenters.values()].reduce((sum, { configuration }) => sum + configuration.size, 0);
    return Math.max(0, this.#places - configured);
  }

  /** The same, with those about what is configured. */
  get #places(): number {
    const { transport, otherWaits } = this.options;
    return transport.waitingCapacity - otherWaits() - this.#longWaits.waits;
  }

  #configurationMayWait(): boolean {
    const questions = [...this.#datacenters.values()].reduce((sum, one) => sum + one.configuration.questions, 0);
    return hasRoomForConfiguration(this.#places, this.#datacenters.size, questions);
  }

  /** Plans again soon: services came or went, or what people look at changed. Many causes in one turn make one plan. */
  replan(): void {
    if (this.#replanDue) return;
    this.#replanDue = true;
    queueMicrotask(() => {
      this.#replanDue = false;
      this.#plan();
    });
  }

  #plan(): void {
    const hot = this.options.hotServices().map((keys) => keys.map(parsePair));
    const subjects = [...this.#datacenters].map(([dc, { watcher }]) =>
      watcher.subject(hot.map((pairs) => pairs.flatMap((pair) => (pair?.dc === dc ? [pair.name] : [])))),
    );
    this.#plannedAtMs = this.options.clock.now();
    this.#plannedFor = this.#capacity;
    this.#plans = planWatches(this.#plannedFor, subjects, this.#longWaits.waitMs);
    let watches = 0;
    for (const [name, plan] of this.#plans) {
      this.#datacenters.get(name)?.watcher.follow(plan);
      watches += plan.exact.size;
    }
    if (watches >= MANY_WATCHES) this.#longWaits.start();
  }

  /** One of the services that have a watch of their own. */
  #anyWatch() {
    const watched = [...this.#plans].flatMap(([dc, { exact }]) => [...exact].map((name) => ({ dc, name })));
    const { dc = '', name = '' } = watched[Math.floor(this.options.random() * watched.length)] ?? {};
    const path = healthServicePath(name);
    return path === null ? null : { path, query: { dc } };
  }

  #name(names: readonly string[], atMs: number): void {
    this.options.consul.answered(this.options.clock.iso(atMs));
    if (this.options.datacenters !== null) return;
    const { appeared, gone } = this.#presence.see(names, atMs);
    for (const name of appeared) this.#watch(name);
    for (const name of gone) {
      this.#datacenters.get(name)?.stop();
      this.#datacenters.delete(name);
      this.options.store.forgetDatacenter(name);
    }
    if (appeared.length > 0 || gone.length > 0) this.replan();
  }

  #watch(name: string): void {
    const transport = this.options.transportOf(name);
    const configuration = { ...this.options.configuration, mayWait: () => this.#configurationMayWait() };
    const waitFailed = (stoodMs: number) => this.#longWaits.failed(stoodMs);
    this.#datacenters.set(
      name,
      new WatchedDatacenter(name, { ...this.options, transport, configuration, waitFailed }, this.#gossip, () =>
        this.replan(),
      ),
    );
  }

  #judge(): void {
    this.#retryWithNewToken();
    // Another protocol was agreed on, or Consul allows more or less than before.
    if (this.#plannedFor !== null && this.#plannedFor !== this.#capacity) this.replan();
    const nowMs = this.options.clock.now();
    // What changed lately has changed.
    if (this.#plannedFor !== null && nowMs - this.#plannedAtMs > REPLAN_EVERY_MS) this.replan();
    for (const datacenter of this.#datacenters.values()) datacenter.judge(nowMs);
  }

  /** A watch that was refused sits out a long pause; a new token ends it. */
  #retryWithNewToken(): void {
    const tokens = this.options.tokens();
    if (tokens === this.#tokens) return;
    this.#tokens = tokens;
    this.#gossip.retryNow();
    for (const datacenter of this.#datacenters.values()) datacenter.retryNow();
  }
}
