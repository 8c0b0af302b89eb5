import type { AlertSubject } from '@/lib/alerts/alert-body';
import type { Condition } from '@/lib/alerts/condition';
import type { DatacenterFacts, ExpiryFacts, NodeFacts, ServiceFacts } from '@/lib/alerts/facts';
import type { AlertRule } from '@/lib/alerts/rule';
import { datacenterKey, serviceKey } from '@/lib/fleet/keys';
import { type CompiledRule, compileRule, type RuleOf } from './compiled-rule';
import { conditionOf } from './condition-of';
import { datacenterLost, datacenterShare, massDisappearance, noLeader } from './datacenter-conditions';
import { nearExpiry } from './expiry-conditions';
import { HeldSince } from './held-since';
import { countInstances } from './instance-counts';
import { NodeCauses } from './node-causes';
import { criticalNode, flappingNode } from './node-conditions';
import {
  criticalInstances,
  criticalShare,
  fewHealthy,
  flappingService,
  heldId,
  type JudgedService,
} from './service-conditions';
import { ShareTally } from './share-tally';

const LICTOR: AlertSubject = { kind: 'lictor', key: 'lictor', dc: '', name: 'Lictor' };
const NONE: readonly Condition[] = [];

/**
 * Asks rules about what it is told. Each answer is all that they say of the one scope; it costs as much as that scope is large. Nodes are to be told before the
 * services on them, so that a service knows which of its instances a node takes down. Times are ms since 1970.
 */
export class RuleEvaluator {
  readonly #rules: readonly CompiledRule[];
  /** One for each rule of a datacenter's share. */
  readonly #shares = new Map<string, ShareTally>();
  readonly #nodes = new NodeCauses();
  readonly #held = new HeldSince();
  /** Names of the services that were told, by datacenter. */
  readonly #told = new Map<string, Set<string>>();
  readonly #datacenters = new Map<string, DatacenterFacts>();
  #watchingSinceMs: number | null = null;

  /** @throws Error where a rule's `where` cannot be read: rules come from who has read them */
  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules.map(compileRule);
    for (const { alert, when } of rules) {
      if (when === 'datacenter-critical-share') this.#shares.set(alert, new ShareTally());
    }
  }

  service(facts: ServiceFacts, nowMs: number): readonly Condition[] {
    const { dc, name, instances } = facts;
    const counts = countInstances(instances);
    const critical = counts.critical === 0 ? [] : instances.filter(({ status }) => status === 'critical');
    const explainedBy = this.#nodes.explaining(dc, critical);
    const told = this.#told.get(dc) ?? new Set();
    const judged = { facts, counts, critical, explainedBy, isKnown: told.has(name), nowMs };
    this.#told.set(dc, told.add(name));
    return found(this.#rules, (compiled) => this.#ofService(compiled, judged));
  }

  /** It is not there any more. */
  noService(dc: string, name: string): readonly Condition[] {
    this.#told.get(dc)?.delete(name);
    for (const { rule } of this.#rules) this.#held.ends(heldId(rule.alert, serviceKey(dc, name)));
    for (const share of this.#shares.values()) share.forget(dc, name);
    return NONE;
  }

  node(facts: NodeFacts): readonly Condition[] {
    this.#nodes.tell(facts);
    return found(this.#rules, ({ rule, choosesNode }) => {
      if (rule.when !== 'node-critical' && rule.when !== 'flapping') return null;
      if (!choosesNode(facts)) return null;
      return rule.when === 'flapping' ? flappingNode(rule, facts) : criticalNode(rule, facts);
    });
  }

  noNode(dc: string, name: string): readonly Condition[] {
    this.#nodes.forget(dc, name);
    return NONE;
  }

  /** With the share of critical instances, as the services told so far make it. */
  datacenter(facts: DatacenterFacts, nowMs: number): readonly Condition[] {
    this.#datacenters.set(facts.dc, facts);
    return this.datacenterShare(facts.dc, nowMs);
  }

  /** The same scope, asked again after services of it were told: nothing else of it changed. */
  datacenterShare(dc: string, nowMs: number): readonly Condition[] {
    const facts = this.#datacenters.get(dc);
    return found(this.#rules, (compiled) => this.#ofDatacenter(compiled, dc, facts, nowMs));
  }

  /** Lictor does not observe it any more. */
  noDatacenter(dc: string): readonly Condition[] {
    for (const name of this.#told.get(dc) ?? []) this.noService(dc, name);
    this.#told.delete(dc);
    this.#datacenters.delete(dc);
    this.#nodes.forgetDatacenter(dc);
    for (const { rule } of this.#rules) this.#held.ends(heldId(rule.alert, datacenterKey(dc)));
    for (const share of this.#shares.values()) share.forgetDatacenter(dc);
    return NONE;
  }

  /** All that ends and is for this datacenter (empty: Lictor's own). It is to be asked again now and then: time alone changes it. */
  expiries(dc: string, facts: readonly ExpiryFacts[], nowMs: number): readonly Condition[] {
    return this.#rules.flatMap(({ rule, choosesDatacenter }) => {
      if (rule.when !== 'certificate-expiry' && rule.when !== 'token-expiry') return [];
      if (!choosesDatacenter(dc)) return [];
      const what = rule.when === 'token-expiry' ? 'token' : 'certificate';
      return facts.filter((one) => one.what === what).flatMap((one) => nearExpiry(rule, one, nowMs) ?? []);
    });
  }

  /** The watchdog. */
  lictor(nowMs: number): readonly Condition[] {
    this.#watchingSinceMs ??= nowMs;
    const told = { sinceMs: this.#watchingSinceMs, sinceAtLeast: false, evidence: { kind: 'watchdog' } } as const;
    return found(this.#rules, ({ rule }) => (rule.when === 'watchdog' ? conditionOf(rule, LICTOR, told) : null));
  }

  #ofService({ rule, choosesService }: CompiledRule, judged: JudgedService): Condition | null {
    const { facts, counts } = judged;
    const isChosen = choosesService({ facts, counts });
    if (rule.when === 'datacenter-critical-share') {
      const share = this.#shares.get(rule.alert);
      // A rule of a datacenter may choose the services that its share is of.
      if (isChosen) share?.tell(judged);
      else share?.forget(facts.dc, facts.name);
      return null;
    }
    if (!isChosen) {
      this.#held.ends(heldId(rule.alert, serviceKey(facts.dc, facts.name)));
      return null;
    }
    switch (rule.when) {
      case 'flapping':
        return flappingService(rule, judged);
      case 'instance-critical':
        return criticalInstances(rule, judged, this.#nodes);
      case 'few-healthy':
        return fewHealthy(rule, judged, this.#held);
      case 'service-critical-share':
        return criticalShare(rule, judged, this.#held);
      default:
        return null;
    }
  }

  #ofDatacenter(
    { rule, choosesDatacenter }: CompiledRule,
    dc: string,
    facts: DatacenterFacts | undefined,
    nowMs: number,
  ): Condition | null {
    if (rule.when === 'datacenter-critical-share') return this.#shareOf(rule, dc);
    if (!facts || !choosesDatacenter(dc)) return null;
    switch (rule.when) {
      case 'no-leader':
        return noLeader(rule, facts, nowMs);
      case 'datacenter-lost':
        return datacenterLost(rule, facts, nowMs);
      case 'mass-disappearance':
        return massDisappearance(rule, facts);
      default:
        return null;
    }
  }

  #shareOf(rule: RuleOf<'datacenter-critical-share'>, dc: string): Condition | null {
    const share = this.#shares.get(rule.alert);
    return share ? datacenterShare(rule, dc, share, this.#held) : null;
  }
}

function found(rules: readonly CompiledRule[], ask: (compiled: CompiledRule) => Condition | null): Condition[] {
  return rules.flatMap((compiled) => ask(compiled) ?? []);
}
