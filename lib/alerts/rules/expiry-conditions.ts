import type { AlertSubject } from '@/lib/alerts/alert-body';
import type { Condition } from '@/lib/alerts/condition';
import type { ExpiryFacts } from '@/lib/alerts/facts';
import type { RuleOf } from './compiled-rule';
import { conditionOf } from './condition-of';

/**
 * It is Lictor that depends on it, and each is an alert of its own: of two certificates the second is not forgotten while the first is renewed. It belongs to no
 * datacenter, since one that is lost may well be lost for it.
 */
const subjectOf = ({ id, name }: ExpiryFacts): AlertSubject => ({
  ...{ kind: 'lictor', key: `lictor/${encodeURIComponent(id.toWellFormed())}`, dc: '', name },
});

export function nearExpiry(
  rule: RuleOf<'certificate-expiry' | 'token-expiry'>,
  facts: ExpiryFacts,
  nowMs: number,
): Condition | null {
  const { what, name, expiresAtMs } = facts;
  const sinceMs = expiresAtMs - rule.within;
  if (nowMs < sinceMs) return null;
  const evidence = { kind: 'expiry' as const, what, name, expiresAt: new Date(expiresAtMs).toISOString() };
  return conditionOf(rule, subjectOf(facts), { sinceMs, sinceAtLeast: false, evidence });
}
