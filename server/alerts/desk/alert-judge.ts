import type { AlertBook } from '@/lib/alerts/alert-book';
import { alertId } from '@/lib/alerts/alert-id';
import { type Condition, scopeOf } from '@/lib/alerts/condition';
import type { ExpiryFacts, FlapFacts } from '@/lib/alerts/facts';
import type { AlertRule } from '@/lib/alerts/rule';
import { RuleEvaluator } from '@/lib/alerts/rules/rule-evaluator';
import { datacenterKey, nodeKey, serviceKey } from '@/lib/fleet/keys';
import type { DatacenterRecord } from '@/lib/fleet/model';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import type { FlapFleet } from '@/server/alerts/flaps/flap-watch';
import type { FlapOwner } from '@/server/alerts/flaps/flapping-members';
import type { FleetObserver, Step } from '@/server/fleet/fleet-observer';
import { type DatacenterMemory, datacenterFacts, nodeFacts, rememberDatacenter, serviceFacts } from './fleet-facts';

export interface AlertJudgeOptions {
  readonly book: AlertBook;
  readonly fleet: FlapFleet;
  /** What flaps of a service or a node; null: nothing does. */
  flapsOf(owner: FlapOwner): FlapFacts | null;
  /** Its first read is over, and what flaps in it is known: before that its alerts stay as they were. */
  isReady(dc: string): boolean;
  /** Null: nobody looked yet. */
  expiries(): readonly ExpiryFacts[] | null;
  /** By the machine's clock. */
  nowMs(): number;
  /** Something is to be judged. */
  wake(): void;
}

/** What of one datacenter is to be judged anew. */
interface Due {
  itself: boolean;
  readonly nodes: Set<string>;
  readonly services: Set<string>;
}

/** Asks the rules about whatever changed, and tells the book what they say. */
export class AlertJudge implements FleetObserver {
  #evaluator: RuleEvaluator;
  #rules: readonly AlertRule[];
  readonly #due = new Map<string, Due>();
  readonly #memory = new Map<string, DatacenterMemory>();
  /** Datacenters whose alerts are judged: all scopes of them were due once. */
  readonly #begun = new Set<string>();
  readonly #unsettled = new Set<string>();
  #lictorIsDue = true;
  /** Datacenters of which something was told to end. */
  #expiryDatacenters = new Set<string>();

  constructor(
    rules: readonly AlertRule[],
    private readonly options: AlertJudgeOptions,
  ) {
    this.#rules = rules;
    this.#evaluator = new RuleEvaluator(rules);
  }

  /** By these rules from now on: everything is judged anew. */
  follow(rules: readonly AlertRule[]): void {
    this.#rules = rules;
    this.#evaluator = new RuleEvaluator(rules);
    for (const dc of this.options.fleet.datacenters()) this.#begin(dc);
    this.expiriesChanged();
  }

  /** What was restored late waits to be told once more. */
  settleAgain(): void {
    for (const dc of this.options.fleet.datacenters()) this.#begin(dc);
    this.expiriesChanged();
  }

  onService({ dc, name, previous, next }: Step<ServiceDetail>): void {
    if (previous !== next) this.flapsChanged({ kind: 'service', dc, name });
  }

  onNode({ dc, name, previous, next }: Step<NodeDetail>): void {
    // All nodes are told with each answer about any of them.
    if (previous && next && isSame(previous, next)) return;
    this.flapsChanged({ kind: 'node', dc, name });
    // Whether a node explains what is critical on it is asked with its services.
    if (previous?.node.status === next?.node.status) return;
    for (const service of (next ?? previous)?.node.services ?? []) this.#dueOf(dc).services.add(service);
  }

  onDatacenter(name: string, _previous: DatacenterRecord | undefined, next: DatacenterRecord | undefined): void {
    const nowMs = this.options.nowMs();
    const { book } = this.options;
    if (next) this.#memory.set(name, rememberDatacenter(this.#memory.get(name), next, nowMs));
    else this.#memory.delete(name);
    if (next?.freshness.state === 'live') book.resume(name, nowMs);
    else if (next) book.pause(name, nowMs);
    book.setFreshness(name, next?.freshness.state ?? null);
    this.#dueOf(name).itself = true;
    this.options.wake();
  }

  flapsChanged({ kind, dc, name }: FlapOwner): void {
    const due = this.#dueOf(dc);
    (kind === 'node' ? due.nodes : due.services).add(name);
    if (this.#begun.has(dc)) this.options.wake();
  }

  expiriesChanged(): void {
    this.#lictorIsDue = true;
    this.options.wake();
  }

  /** Judges what is due; `goesOn` is asked before each scope. @returns false: there is more */
  judge(goesOn: () => boolean): boolean {
    if (this.#lictorIsDue) this.#judgeLictor();
    for (const dc of new Set([...this.#due.keys(), ...this.options.fleet.datacenters()])) {
      if (!this.#begun.has(dc) && this.options.isReady(dc)) this.#begin(dc);
      const due = this.#due.get(dc);
      if (due && !this.#judgeDatacenter(dc, due, goesOn)) return false;
    }
    return true;
  }

  /** Everything of this datacenter is due. */
  #begin(dc: string): void {
    const { fleet, isReady } = this.options;
    const due = this.#dueOf(dc);
    due.itself = true;
    this.#unsettled.add(dc);
    if (!isReady(dc)) return;
    this.#begun.add(dc);
    for (const name of fleet.nodes(dc)) due.nodes.add(name);
    for (const name of fleet.services(dc)) due.services.add(name);
    this.options.wake();
  }

  #judgeDatacenter(dc: string, due: Due, goesOn: () => boolean): boolean {
    const { book, fleet } = this.options;
    const isGone = fleet.datacenterRecord(dc) === undefined;
    if (this.#begun.has(dc)) {
      for (const name of due.nodes) {
        if (!goesOn()) return false;
        due.nodes.delete(name);
        this.#judgeNode(dc, name);
      }
      for (const name of due.services) {
        if (!goesOn()) return false;
        due.services.delete(name);
        this.#judgeService(dc, name);
        due.itself = true;
      }
    }
    if (due.itself) this.#judgeItself(dc);
    due.itself = false;
    if (this.#begun.has(dc)) this.#due.delete(dc);
    if (this.#begun.has(dc) && this.#unsettled.delete(dc)) book.settle(dc, this.options.nowMs());
    if (isGone) this.#forget(dc);
    return true;
  }

  #judgeService(dc: string, name: string): void {
    const { book, fleet, flapsOf, nowMs } = this.options;
    const detail = fleet.serviceDetail(dc, name);
    const atMs = nowMs();
    const conditions = detail
      ? this.#evaluator.service(serviceFacts(dc, detail, flapsOf({ kind: 'service', dc, name })), atMs)
      : this.#evaluator.noService(dc, name);
    book.put(scopeOf({ kind: 'service', key: serviceKey(dc, name) }), dc, conditions, atMs);
  }

  #judgeNode(dc: string, name: string): void {
    const { book, fleet, flapsOf, nowMs } = this.options;
    const detail = fleet.nodeDetail(dc, name);
    const flaps = detail ? flapsOf({ kind: 'node', dc, name }) : null;
    const conditions = detail
      ? this.#evaluator.node(nodeFacts(dc, detail, () => this.#instancesOn(dc, detail), flaps))
      : this.#evaluator.noNode(dc, name);
    book.put(scopeOf({ kind: 'node', key: nodeKey(dc, name) }), dc, conditions, nowMs());
  }

  #judgeItself(dc: string): void {
    const { book, fleet, nowMs } = this.options;
    const record = fleet.datacenterRecord(dc);
    const memory = this.#memory.get(dc);
    const atMs = nowMs();
    const scope = scopeOf({ kind: 'datacenter', key: datacenterKey(dc) });
    if (!record || !memory) {
      book.put(scope, dc, this.#evaluator.noDatacenter(dc), atMs);
      return;
    }
    const conditions = this.#evaluator.datacenter(datacenterFacts(record, memory, atMs), atMs);
    book.put(scope, dc, this.#begun.has(dc) ? conditions : [...conditions, ...this.#sharesBefore(dc)], atMs);
  }

  /** Before its services are told nobody knows their share: it is as it was. */
  #sharesBefore(dc: string): Condition[] {
    return this.#rules.flatMap(({ alert, when }) => {
      const entry = this.options.book.entry(alertId(alert, datacenterKey(dc)));
      const isOpen = when === 'datacenter-critical-share' && entry !== undefined && entry.phase !== 'resolved';
      return isOpen ? [entry.condition] : [];
    });
  }

  #judgeLictor(): void {
    this.#lictorIsDue = false;
    const { book, expiries, nowMs } = this.options;
    const atMs = nowMs();
    book.put('lictor lictor', '', this.#evaluator.lictor(atMs), atMs);
    const all = expiries();
    if (all === null) return;
    const byDatacenter = new Map<string, ExpiryFacts[]>();
    for (const facts of all) byDatacenter.set(facts.dc, [...(byDatacenter.get(facts.dc) ?? []), facts]);
    for (const dc of new Set([...this.#expiryDatacenters, ...byDatacenter.keys()])) {
      // That something ends does not wait for its datacenter to be live.
      book.put(`expiries ${dc}`, '', this.#evaluator.expiries(dc, byDatacenter.get(dc) ?? [], atMs), atMs);
    }
    this.#expiryDatacenters = new Set(byDatacenter.keys());
    book.settle('', atMs);
  }

  #instancesOn(dc: string, { node }: NodeDetail): number {
    return node.services.reduce((sum, service) => {
      const instances = this.options.fleet.serviceDetail(dc, service)?.instances ?? [];
      return sum + instances.filter((instance) => instance.node === node.name).length;
    }, 0);
  }

  /** What is gone leaves nothing to be judged; one that comes back begins anew. */
  #forget(dc: string): void {
    this.#due.delete(dc);
    this.#begun.delete(dc);
    this.#unsettled.delete(dc);
    this.options.book.resume(dc, this.options.nowMs());
  }

  #dueOf(dc: string): Due {
    const due = this.#due.get(dc) ?? { itself: false, nodes: new Set(), services: new Set() };
    this.#due.set(dc, due);
    return due;
  }
}

function isSame(previous: NodeDetail, next: NodeDetail): boolean {
  if (previous.node !== next.node || previous.checks.length !== next.checks.length) return false;
  return next.checks.every((check, at) => check === previous.checks[at]);
}
