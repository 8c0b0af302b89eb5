import type { AlertSubject } from '@/lib/alerts/alert-body';
import type { Condition } from '@/lib/alerts/condition';
import { type AlertInstance, MOST_MEMBERS } from '@/lib/alerts/evidence';
import type { InstanceFacts, ServiceFacts } from '@/lib/alerts/facts';
import { serviceKey } from '@/lib/fleet/keys';
import type { RuleOf } from './compiled-rule';
import { type Began, conditionOf } from './condition-of';
import type { HeldSince } from './held-since';
import { healthyCount, type InstanceCounts, judgedCount } from './instance-counts';
import type { NodeCauses } from './node-causes';

/** A service at the moment in which its rules are asked. */
export interface JudgedService {
  readonly facts: ServiceFacts;
  readonly counts: InstanceCounts;
  /** Of its instances. */
  readonly critical: readonly InstanceFacts[];
  /** Of its critical instances: keys of the nodes that explain all of them. */
  readonly explainedBy: readonly string[];
  /** It was told before. */
  readonly isKnown: boolean;
  readonly nowMs: number;
}

const subjectOf = ({ dc, name }: ServiceFacts): AlertSubject => ({
  ...{ kind: 'service', key: serviceKey(dc, name), dc, name },
});

const standing = ({ standsFor = null }: ServiceFacts) => ({ standsFor });

export function flappingService(rule: RuleOf<'flapping'>, { facts }: JudgedService): Condition | null {
  const { flaps } = facts;
  if (!flaps) return null;
  const { sinceMs, evidence, nodes } = flaps;
  return conditionOf(rule, subjectOf(facts), {
    sinceMs,
    sinceAtLeast: false,
    evidence,
    explainedBy: nodes,
    ...standing(facts),
  });
}

export function criticalInstances(
  rule: RuleOf<'instance-critical'>,
  { facts, counts, critical, explainedBy }: JudgedService,
  nodes: NodeCauses,
): Condition | null {
  const [first] = critical;
  if (!first) return null;
  const { sinceMs, sinceAtLeast } = critical.reduce((a, b) => (b.sinceMs < a.sinceMs ? b : a), first);
  const told = critical.slice(0, MOST_MEMBERS).map((one) => instanceEvidence(one, nodes.checkOf(facts.dc, one)));
  const evidence = {
    ...{ kind: 'critical' as const, longerThanMs: rule.for, instances: told },
    ...{ critical: critical.length, all: judgedCount(counts) },
  };
  return conditionOf(rule, subjectOf(facts), { sinceMs, sinceAtLeast, evidence, explainedBy, ...standing(facts) });
}

/** Of what nobody can tell it is not said that it is not healthy; and what is in maintenance as a whole was taken out on purpose. */
export function fewHealthy(rule: RuleOf<'few-healthy'>, judged: JudgedService, held: HeldSince): Condition | null {
  const { facts, counts, critical, explainedBy } = judged;
  const { alert, least } = rule;
  const subject = subjectOf(facts);
  const all = judgedCount(counts);
  const healthy = healthyCount(counts);
  const id = heldId(alert, subject.key);
  if (all === 0 || healthy + counts.unknown >= least) {
    held.ends(id);
    return null;
  }
  const began = held.holds(id, () => nthFall(critical, all - least, judged));
  const evidence = { kind: 'few-healthy' as const, healthy, least, all };
  return conditionOf(rule, subject, { ...began, evidence, explainedBy, ...standing(facts) });
}

export function criticalShare(
  rule: RuleOf<'service-critical-share'>,
  judged: JudgedService,
  held: HeldSince,
): Condition | null {
  const { facts, counts, critical, explainedBy } = judged;
  const { alert, above, at_least: least = 1 } = rule;
  const subject = subjectOf(facts);
  const all = judgedCount(counts);
  const id = heldId(alert, subject.key);
  const needed = Math.max(least, mostWithin(above, all) + 1);
  if (critical.length < needed) {
    held.ends(id);
    return null;
  }
  const share = (100 * critical.length) / all;
  const began = held.holds(id, () => nthFall(critical, needed - 1, judged));
  const evidence = { kind: 'critical-share' as const, critical: critical.length, all, share, above };
  return conditionOf(rule, subject, { ...began, evidence, explainedBy, ...standing(facts) });
}

/** So many of all are a share that is not above the limit. @param above percent */
function mostWithin(above: number, all: number): number {
  const about = Math.floor((above * all) / 100);
  // By the very comparison that is shown: a product may be rounded to the other side.
  if ((100 * (about + 1)) / all <= above) return about + 1;
  return (100 * about) / all > above ? about - 1 : about;
}

export const heldId = (rule: string, key: string): string => `${rule}:${key}`;

/** When the instance fell by which it began to hold; `index` below 0: another one went. */
function nthFall(critical: readonly InstanceFacts[], index: number, { isKnown, nowMs }: JudgedService): Began {
  const fallen = [...critical].sort((a, b) => a.sinceMs - b.sinceMs)[index];
  return fallen ?? { sinceMs: nowMs, sinceAtLeast: !isKnown };
}

function instanceEvidence(
  { key, id, node, sinceMs, sinceAtLeast }: InstanceFacts,
  check: string | null,
): AlertInstance {
  return { ...{ key, id, node, check }, since: new Date(sinceMs).toISOString(), sinceAtLeast };
}
