import { decodeServices, type ServiceSummary } from '@/server/consul/decode/catalog-services';
import type { Records } from '@/server/consul/decode/records';
import type { DatacenterPlan, PlanSubject } from '@/server/consul/plan';
import { healthServicePath } from '@/server/consul/service-path';
import { watch } from '@/server/consul/watch';
import type { Watch, WatchChange } from '@/server/consul/watch-options';
import { type CheckSignal, CheckSignals } from './check-signals';
import { ExactWatches } from './exact-watches';
import { NodeWatch } from './node-watch';
import { planReport } from './plan-report';
import { ServiceReader } from './service-reader';
import { type ServiceAnswer, sightService } from './service-sighting';
import type { WatchContext } from './watch-context';

/** Every service without a watch of its own is read again within about this time. */
const SWEEP_EVERY_MS = 15_000;
/** Services whose name cannot stand in a path are read so often, for no signal names them reliably. */
const ODD_SWEEP_EVERY_MS = 2_000;

/** Keeps one datacenter of the store in step with Consul, by the plan that it is given. */
export class DatacenterWatcher {
  readonly #list: Watch;
  readonly #nodes: NodeWatch;
  readonly #exact: ExactWatches;
  readonly #reader: ServiceReader;
  readonly #timers: NodeJS.Timeout[];
  #signals: CheckSignals | null = null;
  #listed: ReadonlyMap<string, string> | null = null;
  #plan: DatacenterPlan = { mode: 'exact', exact: new Set() };
  /** Listed services that were not read yet. */
  readonly #awaited = new Set<string>();
  #nodesSynced = false;
  #synced = false;

  constructor(
    private readonly context: WatchContext,
    private readonly onServicesListed: () => void,
    private readonly onDenied: (reason: string | null) => void,
  ) {
    const unread = (name: string) => this.#unread(name);
    this.#exact = new ExactWatches(context, (answer) => this.#sight(answer), unread);
    this.#reader = new ServiceReader(context, (answer) => this.#sightRead(answer), unread);
    this.#nodes = new NodeWatch(context, () => {
      this.#nodesSynced = true;
      this.#settle();
    });
    this.#list = this.#watchList();
    this.#timers = [
      setInterval(() => this.#sweepAll(), SWEEP_EVERY_MS),
      setInterval(() => this.#reader.sweep(this.#names.filter(isOdd)), ODD_SWEEP_EVERY_MS),
    ];
  }

  /** Its first full read is through, or known to be impossible for what is left. */
  get synced(): boolean {
    return this.#synced;
  }

  subject(hot: ReadonlySet<string>): PlanSubject {
    return { name: this.context.dc, services: this.#names, hot };
  }

  /** Watches as planned from now on. */
  follow(plan: DatacenterPlan): void {
    const before = this.#plan;
    this.#plan = plan;
    this.#exact.set(plan.exact);
    if (plan.mode === 'exact') {
      this.#signals?.stop();
      this.#signals = null;
    } else {
      this.#signals ??= new CheckSignals(this.context, (signal) => this.#hurry(signal));
      if (before.mode === 'exact') this.#sweepAll();
    }
    this.#reader.sweep([...this.#awaited].filter((name) => !this.#exact.has(name)));
  }

  report() {
    const watchers = [this.#exact, this.#nodes, ...(this.#signals ? [this.#signals] : [])];
    const watches = 1 + watchers.reduce((sum, { size }) => sum + size, 0);
    return {
      mode: this.#plan.mode,
      services: this.#names.length,
      exactServices: this.#exact.size,
      hotServices: this.#exact.size,
      watches,
      watchesNotLive: Number(this.#list.state !== 'live') + watchers.reduce((sum, { notLive }) => sum + notLive, 0),
      wakes: this.#list.wakes + this.#exact.wakes,
      ...planReport({
        dc: this.context.dc,
        mode: this.#plan.mode,
        services: this.#names.length,
        exact: this.#exact.size,
        watches,
        oddReadsPerSecond: 0,
        lastSweepMs: SWEEP_EVERY_MS,
      }),
    };
  }

  /** Consul answers again: no watch should sit out the rest of its pause. */
  retryNow(): void {
    this.#list.retryNow();
    this.#nodes.retryNow();
    this.#exact.retryNow();
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#list.stop();
    this.#nodes.stop();
    this.#exact.set(new Set());
    this.#signals?.stop();
    this.#reader.stop();
  }

  get #names(): string[] {
    return [...(this.#listed?.keys() ?? [])];
  }

  #watchList(): Watch {
    const { context } = this;
    return watch({
      transport: context.transport,
      clock: context.clock,
      random: context.random,
      path: '/v1/catalog/services',
      query: { dc: context.dc },
      decode: decodeServices,
      onChange: (change) => this.#takeList(change),
      onContact: (answer) => context.contacted(answer),
      onError: (error) => context.failed(error),
      onState: (state, reason) => this.onDenied(state === 'denied' ? (reason ?? 'The token is refused.') : null),
    });
  }

  #takeList(change: WatchChange<Records<ServiceSummary>>): void {
    const { dc, store, clock } = this.context;
    const before = this.#listed;
    const listed = new Map(change.value.entries.map(({ name, tags }) => [name, JSON.stringify(tags)]));
    this.#listed = listed;
    const sighting = { at: clock.iso(change.atMs), afterGap: change.merged };
    for (const name of store.services(dc)) {
      if (!listed.has(name)) store.forgetService(dc, name, sighting, change);
    }
    for (const name of this.#awaited) if (!listed.has(name)) this.#awaited.delete(name);
    for (const name of listed.keys()) if (!store.knowsService(dc, name)) this.#awaited.add(name);
    const changed = [...listed].filter(([name, tags]) => before?.get(name) !== tags).map(([name]) => name);
    // A wake that shows no difference means that instances came or went behind the same names and tags: anyone's.
    const suspects = changed.length > 0 ? changed : [...listed.keys()];
    this.#reader.hurry(suspects.filter((name) => this.#plan.mode === 'signals' && !this.#exact.has(name)));
    this.onServicesListed();
    this.#settle();
  }

  #sight(answer: ServiceAnswer): void {
    // A late answer about a service that the list no longer names must not bring it back.
    if (!this.#listed?.has(answer.name)) return;
    sightService(this.context, answer, this.#synced);
    this.#awaited.delete(answer.name);
    this.#settle();
  }

  /** A service that got its own watch meanwhile is told by that alone: this answer may be older than what the watch has said. */
  #sightRead(answer: ServiceAnswer): void {
    if (!this.#exact.has(answer.name)) this.#sight(answer);
  }

  #hurry(signal: CheckSignal): void {
    const { dc, store } = this.context;
    const onNodes = [...signal.nodes].flatMap((node) => store.servicesOn(dc, node));
    const names = new Set([...signal.services, ...onNodes]);
    this.#reader.hurry([...names].filter((name) => this.#listed?.has(name) && !this.#exact.has(name)));
  }

  #sweepAll(): void {
    if (this.#reader.idle) this.#reader.sweep(this.#names.filter((name) => !this.#exact.has(name)));
  }

  /** Listed, but not to be read now: shown as unknown rather than left out, and waited for no longer. */
  #unread(name: string): void {
    const { dc, store, versionMetaKeys, clock } = this.context;
    if (!this.#awaited.delete(name)) return;
    const sighting = { at: clock.iso(clock.now()), afterGap: true };
    store.seeService(
      { ...sighting, dc, name, instances: [], unreadable: [], versionMetaKeys },
      { index: null, merged: false },
    );
    this.#settle();
  }

  #settle(): void {
    this.#synced ||= this.#nodesSynced && this.#listed !== null && this.#awaited.size === 0;
  }
}

const isOdd = (name: string): boolean => healthServicePath(name) === null;
