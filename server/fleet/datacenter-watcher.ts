import { decodeServices, type ServiceSummary } from '@/server/consul/decode/catalog-services';
import type { Records } from '@/server/consul/decode/records';
import type { DatacenterPlan, PlanSubject } from '@/server/consul/plan';
import { healthServicePath } from '@/server/consul/service-path';
import { watch } from '@/server/consul/watch';
import type { Watch, WatchChange } from '@/server/consul/watch-options';
import { type CheckSignal, CheckSignals } from './check-signals';
import { ExactWatches } from './exact-watches';
import { NodeWatch } from './node-watch';
import { LIST_REFILL_MS, ODD_READS_EVERY_MS } from './plan-pace';
import { planReport } from './plan-report';
import { ServiceAnswers } from './service-answers';
import { ServiceReader } from './service-reader';
import type { ServiceAnswer } from './service-sighting';
import { Sweep } from './sweep';
import { WakeLocator } from './wake-locator';
import type { WatchContext } from './watch-context';

/** An answer that is older than what is known is asked for again after this time: the server that gave it lags. */
const LAGGING_PAUSE_MS = 300;
/** So many services that lost their watch are read at once; more are owed to the sweep. */
const HURRIED_AT_MOST = 50;

/** Keeps one datacenter of the store in step with Consul, by the plan that it is given. */
export class DatacenterWatcher {
  readonly #answers: ServiceAnswers;
  readonly #list: Watch;
  readonly #nodes: NodeWatch;
  readonly #exact: ExactWatches;
  readonly #signals: CheckSignals;
  readonly #reader: ServiceReader;
  readonly #wakes: WakeLocator;
  readonly #sweep: Sweep;
  readonly #oddTimer: NodeJS.Timeout;
  /** Listed services whose name cannot stand in a path. Looked for once a list: there are a thousand names, and the question is asked all the time. */
  #odd: ReadonlySet<string> = new Set();
  #plan: DatacenterPlan = { mode: 'exact', exact: new Set(), waitMs: 25_000, queueMs: 0 };
  #hot: ReadonlySet<string> = new Set();
  #nodesSynced = false;

  private readonly context: WatchContext;

  constructor(
    given: WatchContext,
    private readonly onServicesListed: () => void,
    private readonly onDenied: (reason: string | null) => void,
  ) {
    const context = { ...given, waitMs: () => this.#plan.waitMs };
    this.context = context;
    const answers = new ServiceAnswers(context);
    this.#answers = answers;
    const unread = (name: string) => answers.unread(name);
    this.#exact = new ExactWatches(context, (answer) => answers.takeWatched(answer), unread);
    this.#reader = new ServiceReader(
      context,
      (answer) => this.#takeRead(answer),
      unread,
      (name) => answers.indexOf(name),
      () => !answers.synced,
    );
    this.#wakes = new WakeLocator(context, {
      saw: (index) => answers.saw(index),
      located: (services) => this.#hurry(services),
      unexplained: () => this.#sweep.owe(answers.names.filter((name) => this.#isCold(name))),
    });
    this.#sweep = new Sweep({
      clock: context.clock,
      cold: () => answers.names.filter((name) => this.#isCold(name)),
      isCold: (name) => this.#isCold(name),
      behind: () => !this.#reader.sweptAll,
      read: (name) => this.#reader.sweep([name]),
    });
    this.#signals = new CheckSignals(context, (signal) => this.#hurrySignalled(signal));
    this.#nodes = new NodeWatch(
      context,
      () => {
        this.#nodesSynced = true;
      },
      (nodes) => this.#hurry(this.#standingOn(nodes)),
    );
    this.#list = this.#watchList();
    this.#oddTimer = setInterval(() => this.#reader.sweep(this.#odd), ODD_READS_EVERY_MS);
  }

  /** Its first full read is through, or known to be impossible for what is left. */
  get synced(): boolean {
    return this.#nodesSynced && this.#answers.synced;
  }

  /** Watches that fail, or were not answered yet. */
  get notLive(): number {
    const watchers = [this.#exact, this.#nodes, this.#signals];
    return Number(this.#list.state !== 'live') + watchers.reduce((sum, { notLive }) => sum + notLive, 0);
  }

  /** How long a waiting query stands at Consul, by the plan. */
  get waitMs(): number {
    return this.#plan.waitMs;
  }

  /** @param hot services worth a watch of their own, each list before the next; what changed lately comes after all of them. */
  subject(hot: readonly (readonly string[])[]): PlanSubject {
    const { lately, names } = this.#answers;
    const nowMs = this.context.clock.now();
    const given = new Set(hot.flat());
    // Who looked may look again: a page that is left keeps its watch for a while.
    for (const name of this.#hot) if (!given.has(name)) lately.note(name, nowMs);
    this.#hot = given;
    const changed = lately.names(nowMs, (name) => this.#plan.exact.has(name));
    return { name: this.context.dc, services: names, hot: [...hot, changed], mode: this.#plan.mode };
  }

  /** Watches as planned from now on. */
  follow(plan: DatacenterPlan): void {
    this.#plan = plan;
    const left = this.#exact.names.filter((name) => !plan.exact.has(name) && this.#answers.lists(name));
    this.#exact.set(plan.exact);
    // What changed while its watch ended nobody else tells.
    if (left.length <= HURRIED_AT_MOST) this.#reader.hurry(left);
    else this.#sweep.owe(left);
    this.#reader.sweep(this.#answers.awaited.filter((name) => this.#isCold(name) || this.#odd.has(name)));
    if (plan.mode === 'signals') this.#wakes.begin();
    else this.#wakes.stop();
  }

  report() {
    const { names, lately } = this.#answers;
    const watchers = [this.#exact, this.#nodes, this.#signals];
    const watches = 1 + watchers.reduce((sum, { size }) => sum + size, 0);
    const changed = lately.names(this.context.clock.now(), () => false);
    const facts = { mode: this.#plan.mode, services: names.length, watches };
    return {
      ...facts,
      exactServices: this.#exact.size,
      hotServices: new Set([...this.#hot, ...changed].filter((name) => this.#answers.lists(name))).size,
      watchesNotLive: this.notLive,
      wakes: this.#list.wakes + this.#exact.wakes,
      ...planReport({
        ...{ dc: this.context.dc, ...facts, exact: this.#exact.size, odd: this.#odd.size },
        ...{ waitMs: this.#plan.waitMs, queueMs: this.#plan.queueMs },
        ...{ lastTurnMs: this.#sweep.lastTurnMs, summaryMs: this.#wakes.summaryMs },
      }),
    };
  }

  /** Consul answers again: nothing should sit out the rest of its pause. */
  retryNow(): void {
    for (const paused of [this.#list, this.#nodes, this.#signals, this.#exact, this.#reader]) paused.retryNow();
  }

  /** What the token may read has changed, and that wakes no watch: everything is read anew. */
  readAgain(): void {
    this.#list.readAgain();
    this.#nodes.readAgain();
    this.#answers.distrust();
    this.#reader.sweep(this.#answers.names);
  }

  /** Reads these out of turn, whoever watches them. */
  readNow(services: Iterable<string>): void {
    this.#reader.hurry(new Set([...services].filter((name) => this.#answers.lists(name))));
  }

  stop(): void {
    clearInterval(this.#oddTimer);
    this.#exact.set(new Set());
    for (const running of [this.#list, this.#nodes, this.#signals, this.#wakes, this.#sweep, this.#reader]) {
      running.stop();
    }
  }

  #watchList(): Watch {
    const { context } = this;
    return watch({
      transport: context.transport,
      clock: context.clock,
      random: context.random,
      waitMs: () => this.#plan.waitMs,
      path: '/v1/catalog/services',
      query: { dc: context.dc },
      refillMs: LIST_REFILL_MS,
      decode: decodeServices,
      onChange: (change) => this.#takeList(change),
      onContact: (answer) => {
        context.contacted(answer);
        context.listed('services', answer.filteredByAcls);
      },
      onError: (error) => context.failed(error),
      onState: (state, reason) => this.onDenied(state === 'denied' ? (reason ?? 'The token is refused.') : null),
    });
  }

  #takeList(change: WatchChange<Records<ServiceSummary>>): void {
    const { changed, gone } = this.#answers.list(change);
    this.#odd = new Set(this.#answers.names.filter((name) => healthServicePath(name) === null));
    for (const name of gone) this.#reader.forget(name);
    if (this.#plan.mode === 'signals') {
      this.#hurry(changed);
      // A service that is gone was this change, if it was the only one.
      const explained = gone.length > 0 && !change.merged;
      if (change.previousIndex !== null && !explained) this.#wakes.woke(change.merged ? null : change.index);
    }
    this.onServicesListed();
  }

  #takeRead(answer: ServiceAnswer): void {
    // The service's own watch has told it, and without an index nobody knows which of the two is older.
    if (answer.index === null && this.#exact.tells(answer.name)) return;
    if (!this.#answers.takeRead(answer)) this.#reader.again(answer.name, LAGGING_PAUSE_MS);
  }

  #hurrySignalled({ services, nodes }: CheckSignal): void {
    this.#nodes.hurry(nodes);
    this.#hurry([...services, ...this.#standingOn([...nodes])]);
  }

  #standingOn(nodes: readonly string[]): string[] {
    const { dc, store } = this.context;
    return nodes.flatMap((node) => store.servicesOn(dc, node));
  }

  /** Reads those of these that no watch tells of. */
  #hurry(names: readonly string[]): void {
    this.#reader.hurry(new Set(names.filter((name) => this.#answers.lists(name) && !this.#exact.tells(name))));
  }

  /** Nothing but single reads tells all of it. */
  #isCold(name: string): boolean {
    return !this.#exact.covers(name) && !this.#odd.has(name);
  }
}
