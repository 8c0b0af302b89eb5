import type { AlertSubject } from '@/lib/alerts/alert-body';
import type { Condition } from '@/lib/alerts/condition';
import type { DatacenterFacts } from '@/lib/alerts/facts';
import { datacenterKey } from '@/lib/fleet/keys';
import type { RuleOf } from './compiled-rule';
import { conditionOf } from './condition-of';
import type { HeldSince } from './held-since';
import { heldId } from './service-conditions';
import type { ShareTally } from './share-tally';

const subjectOf = (dc: string): AlertSubject => ({ kind: 'datacenter', key: datacenterKey(dc), dc, name: dc });

export function noLeader(rule: RuleOf<'no-leader'>, facts: DatacenterFacts, nowMs: number): Condition | null {
  const { dc, hasLeader, noLeaderSinceMs, lastContactMs } = facts;
  // Where it does not answer any more it is as it said last, and its being lost tells the cause.
  if (hasLeader) return null;
  const began = { sinceMs: noLeaderSinceMs ?? nowMs, sinceAtLeast: noLeaderSinceMs === null };
  return conditionOf(rule, subjectOf(dc), { ...began, evidence: { kind: 'no-leader', lastContactMs } });
}

export function datacenterLost(
  rule: RuleOf<'datacenter-lost'>,
  facts: DatacenterFacts,
  nowMs: number,
): Condition | null {
  const { dc, freshness, freshnessSinceMs, lastContactMs, reason } = facts;
  if (freshness !== 'lost' && freshness !== 'denied') return null;
  const lastContactAt = lastContactMs === null ? null : new Date(nowMs - lastContactMs).toISOString();
  const evidence = { kind: 'datacenter-lost' as const, freshness, lastContactAt, reason };
  return conditionOf(rule, subjectOf(dc), { sinceMs: freshnessSinceMs, sinceAtLeast: false, evidence });
}

export function massDisappearance(rule: RuleOf<'mass-disappearance'>, facts: DatacenterFacts): Condition | null {
  const { dc, unconfirmed } = facts;
  if (!unconfirmed) return null;
  const { instances, nodes, sinceMs, reason } = unconfirmed;
  const evidence = { kind: 'mass-disappearance' as const, instances, nodes, reason };
  return conditionOf(rule, subjectOf(dc), { sinceMs, sinceAtLeast: false, evidence });
}

export function datacenterShare(
  rule: RuleOf<'datacenter-critical-share'>,
  dc: string,
  tally: ShareTally,
  held: HeldSince,
): Condition | null {
  const { critical, all } = tally.of(dc);
  const { alert, above, at_least: least = 1 } = rule;
  const share = all === 0 ? 0 : (100 * critical) / all;
  const subject = subjectOf(dc);
  const id = heldId(alert, subject.key);
  if (critical < least || share <= above) {
    held.ends(id);
    return null;
  }
  const began = held.holds(id, () => tally.newestFall(dc));
  return conditionOf(rule, subject, { ...began, evidence: { kind: 'critical-share', critical, all, share, above } });
}
