import { AlertBook } from '@/lib/alerts/alert-book';
import { scopeOf } from '@/lib/alerts/condition';
import { RuleEvaluator } from '@/lib/alerts/rules/rule-evaluator';
import type { RuleSet } from '@/lib/alerts/rules/rule-set';
import { datacenterKey, nodeKey, serviceKey } from '@/lib/fleet/keys';
import type { Transition } from '@/lib/history/transition';
import { notTried } from './not-tried';
import { nothingTouched, type Touched, type TrialDatacenter } from './trial-datacenter';
import { type FlapOwner, TrialFlaps } from './trial-flaps';
import { TrialTally } from './trial-tally';

/** Some rules, as they would have run: the same evaluator, book and detection that run live. Times are ms since 1970. */
export class TrialRun {
  readonly tally = new TrialTally();
  readonly #book = new AlertBook();
  readonly #evaluator: RuleEvaluator;
  readonly #flaps: TrialFlaps;
  #nowMs: number;

  constructor(
    { rules, flapping }: RuleSet,
    private readonly datacenters: ReadonlyMap<string, TrialDatacenter>,
    atMs: number,
  ) {
    this.#evaluator = new RuleEvaluator(rules.filter(({ when }) => notTried(when) === null));
    this.#flaps = new TrialFlaps(flapping);
    this.#nowMs = atMs;
  }

  /** Everything of a datacenter as it stood where the trial begins; it yields between its services. */
  *begin(datacenter: TrialDatacenter): Generator<void> {
    const { dc, maintained, all } = datacenter;
    this.#flaps.begin(dc, this.#nowMs, maintained);
    this.#judge(dc, { ...nothingTouched(), itself: true, nodes: all.nodes }, this.#nowMs);
    for (const name of all.services) {
      yield;
      this.#judge(dc, { ...nothingTouched(), services: new Set([name]) }, this.#nowMs);
    }
    this.#settle(this.#nowMs);
  }

  /** The machine's clock was set: to be told before anything of that moment, since no time passed by it. */
  clockSet(transition: Transition): void {
    const { to, observedAtMs } = transition;
    this.#book.clockSet(Number(to), observedAtMs);
    this.#nowMs += Number(to);
    this.#judgeFlaps(this.#flaps.observe(transition), observedAtMs);
  }

  /** Nothing happened up to this moment but that time went on: what awaits it comes about in its order. */
  moveTo(atMs: number): void {
    for (let doneMs = Number.NEGATIVE_INFINITY; ; doneMs = this.#nowMs) {
      const slotMs = this.#flaps.nextSlotMs(this.#nowMs) ?? Number.POSITIVE_INFINITY;
      const nextMs = Math.min(slotMs, this.#book.nextDeadlineMs() ?? Number.POSITIVE_INFINITY);
      if (nextMs > atMs || nextMs <= doneMs) break;
      // Where the clock was set back a deadline may be behind.
      const dueMs = Math.max(nextMs, this.#nowMs);
      this.#nowMs = dueMs;
      if (dueMs >= slotMs) this.#judgeFlaps(this.#flaps.advance(slotMs), dueMs);
      this.#settle(dueMs);
    }
    this.#nowMs = atMs;
  }

  /** What was seen in one moment: the datacenters are as they are after it. */
  seen(transitions: readonly Transition[], touched: ReadonlyMap<string, Touched>, atMs: number): void {
    for (const transition of transitions) {
      if (transition.kind !== 'clock-set') this.#judgeFlaps(this.#flaps.observe(transition), atMs);
    }
    for (const [dc, of] of touched) this.#judge(dc, of, atMs);
    this.#settle(atMs);
  }

  gapBegins(dc: string, atMs: number): void {
    this.#book.pause(dc, atMs);
    this.#judgeFlaps(this.#flaps.gapBegins(dc, atMs), atMs);
    this.#settle(atMs);
  }

  gapEnds(dc: string, atMs: number): void {
    this.#judgeFlaps(this.#flaps.gapEnds(dc, atMs), atMs);
    this.#book.resume(dc, atMs);
    this.#settle(atMs);
  }

  end(atMs: number): void {
    this.moveTo(atMs);
    this.#judgeFlaps(this.#flaps.advance(atMs), atMs);
    this.#settle(atMs);
    this.tally.end(atMs);
  }

  #judgeFlaps(owners: readonly FlapOwner[], atMs: number): void {
    for (const { kind, dc, name } of owners) {
      const touched = nothingTouched();
      (kind === 'node' ? touched.nodes : touched.services).add(name);
      this.#judge(dc, touched, atMs);
    }
  }

  #judge(dc: string, { itself, nodes, services }: Touched, atMs: number): void {
    const datacenter = this.datacenters.get(dc);
    // Nodes first: a service names those that explain it.
    for (const name of nodes) {
      const flaps = this.#flaps.facts({ kind: 'node', dc, name }, 0);
      const facts = datacenter?.nodeFacts(name, flaps) ?? null;
      const conditions = facts ? this.#evaluator.node(facts) : this.#evaluator.noNode(dc, name);
      this.#book.put(scopeOf({ kind: 'node', key: nodeKey(dc, name) }), dc, conditions, atMs);
    }
    for (const name of services) {
      const all = datacenter?.services.get(name)?.instances.length ?? 0;
      const facts = datacenter?.serviceFacts(name, this.#flaps.facts({ kind: 'service', dc, name }, all)) ?? null;
      const conditions = facts ? this.#evaluator.service(facts, atMs) : this.#evaluator.noService(dc, name);
      this.#book.put(scopeOf({ kind: 'service', key: serviceKey(dc, name) }), dc, conditions, atMs);
    }
    if (!itself && services.size === 0) return;
    const conditions = datacenter
      ? this.#evaluator.datacenter(datacenter.facts(atMs), atMs)
      : this.#evaluator.noDatacenter(dc);
    this.#book.put(scopeOf({ kind: 'datacenter', key: datacenterKey(dc) }), dc, conditions, atMs);
  }

  #settle(atMs: number): void {
    this.tally.take(this.#book.take(atMs), (id) => this.#book.record(id));
  }
}
