import type { AlertSubject } from '@/lib/alerts/alert-body';
import type { Condition } from '@/lib/alerts/condition';
import { MOST_MEMBERS } from '@/lib/alerts/evidence';
import type { NodeFacts } from '@/lib/alerts/facts';
import { nodeKey } from '@/lib/fleet/keys';
import type { RuleOf } from './compiled-rule';
import { conditionOf } from './condition-of';

const subjectOf = ({ dc, name }: NodeFacts): AlertSubject => ({ kind: 'node', key: nodeKey(dc, name), dc, name });

export function flappingNode(rule: RuleOf<'flapping'>, facts: NodeFacts): Condition | null {
  const { flaps } = facts;
  if (!flaps) return null;
  const { sinceMs, evidence } = flaps;
  return conditionOf(rule, subjectOf(facts), { sinceMs, sinceAtLeast: false, evidence });
}

export function criticalNode(rule: RuleOf<'node-critical'>, facts: NodeFacts): Condition | null {
  const { status, sinceMs, sinceAtLeast, checks, services, instances } = facts;
  if (status !== 'critical') return null;
  const evidence = {
    kind: 'node-critical' as const,
    checks: checks.filter((check) => check.status === 'critical').map(({ id }) => id),
    services: services.slice(0, MOST_MEMBERS),
    serviceCount: services.length,
    instances,
  };
  return conditionOf(rule, subjectOf(facts), { sinceMs, sinceAtLeast, evidence });
}
